/* The chains of peers.h, each handed to its library's file. */
#include "peers.h"

#include <stdlib.h>

#include "chain.h"

struct peers_chain {
  const chain_method *method;
  void *state;
};

static const chain_method *const methods[PEERS_METHODS] = {
    [PEERS_GMP_POWM] = &gmp_powm,
    [PEERS_GMP_REDC_1] = &gmp_redc,
    [PEERS_GMP_REDC_2] = &gmp_redc,
    [PEERS_GMP_REDC_N] = &gmp_redc,
    [PEERS_OPENSSL_MONTGOMERY] = &openssl_montgomery,
};

peers_chain *peers_open(uint32_t method, const uint64_t *n, size_t limbs) {
  if (method >= PEERS_METHODS) {
    return NULL;
  }
  void *state = methods[method]->open(method, n, limbs);
  if (state == NULL) {
    return NULL;
  }
  peers_chain *chain = malloc(sizeof *chain);
  if (chain == NULL) {
    methods[method]->close(state);
    return NULL;
  }
  chain->method = methods[method];
  chain->state = state;
  return chain;
}

void peers_set(peers_chain *chain, const uint64_t *x) { chain->method->set(chain->state, x); }

void peers_square(peers_chain *chain, uint64_t count) { chain->method->square(chain->state, count); }

void peers_get(peers_chain *chain, uint64_t *x) { chain->method->get(chain->state, x); }

void peers_close(peers_chain *chain) {
  chain->method->close(chain->state);
  free(chain);
}
