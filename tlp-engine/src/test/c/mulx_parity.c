/*
 * Holds the scalar kernel to GMP: mulx_parity [INPUTS [SEED]], INPUTS random inputs a length.
 * Needs libgmp's header and a CPU with BMI2 and ADX. Exits 0 if all agree, prints the first
 * difference and exits 1 otherwise. See parity.sh.
 */
#include "scalar/tlk_mulx_wide.h"
#include "tidelock_kernel.h"

#include <gmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define MAX_LIMBS 80
#define PAGE 4096

static gmp_randstate_t state;

/* Memory that ends where an unreadable page begins: running over the end is a fault. */
static uint64_t *guarded(size_t limbs) {
  size_t bytes = limbs * sizeof(uint64_t);
  size_t pages = (bytes + PAGE - 1) / PAGE;
  char *start = mmap(NULL, (pages + 1) * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
                     -1, 0);
  if (start == MAP_FAILED || mprotect(start + pages * PAGE, PAGE, PROT_NONE) != 0) {
    perror("guarded memory");
    exit(2);
  }
  return (uint64_t *)(start + pages * PAGE - bytes);
}

static void unguard(uint64_t *memory, size_t limbs) {
  size_t bytes = limbs * sizeof(uint64_t);
  size_t pages = (bytes + PAGE - 1) / PAGE;
  munmap((char *)memory + bytes - pages * PAGE, (pages + 1) * PAGE);
}

static void put(uint64_t *limbs, size_t count, const mpz_t value) {
  memset(limbs, 0, count * sizeof(uint64_t));
  mpz_export(limbs, NULL, -1, sizeof(uint64_t), 0, 0, value);
}

static void get(mpz_t value, const uint64_t *limbs, size_t count) {
  mpz_import(value, count, -1, sizeof(uint64_t), 0, 0, limbs);
}

static void make_tables(uint64_t *tables, size_t limbs, const mpz_t n) {
  mpz_t base, inverse;
  mpz_inits(base, inverse, NULL);
  mpz_setbit(base, 64);
  memset(tables, 0, (3 * limbs + 16) * sizeof(uint64_t));
  mpz_invert(inverse, n, base);
  mpz_sub(inverse, base, inverse);
  put(tables, 1, inverse);
  put(tables + 8, limbs, n);
  mpz_invert(inverse, base, n);
  put(tables + 16 + limbs, limbs, inverse);
  mpz_clears(base, inverse, NULL);
}

static void differ(const char *what, size_t limbs, const mpz_t n, const mpz_t x) {
  gmp_printf("%s differs: limbs %zu\nN = %Zx\nx = %Zx\n", what, limbs, n, x);
  exit(1);
}

/* Every representative below R is allowed, so inputs are not reduced modulo N. */
static void pick(mpz_t x, unsigned long kind, const mpz_t n, size_t limbs) {
  size_t bits = 64 * limbs;
  switch (kind % 12) {
    case 0: mpz_set_ui(x, 0); break;
    case 1: mpz_set_ui(x, 1); break;
    case 2: mpz_sub_ui(x, n, 1); break;
    case 3: mpz_set(x, n); break;
    case 4: mpz_set_ui(x, 0), mpz_setbit(x, bits), mpz_sub_ui(x, x, 1); break;
    case 5: mpz_set_ui(x, 0), mpz_setbit(x, gmp_urandomm_ui(state, bits)); break;
    case 6: mpz_rrandomb(x, state, bits); break;
    case 7: mpz_urandomm(x, state, n); break;
    case 8: mpz_set_ui(x, 0), mpz_setbit(x, bits), mpz_sub(x, x, n); break;
    case 9: mpz_tdiv_q_2exp(x, n, 1); break;
    default: mpz_urandomb(x, state, bits); break;
  }
}

static void check_length(size_t limbs, const mpz_t n, unsigned long inputs) {
  uint64_t *x = guarded(limbs), *y = guarded(limbs), *scratch = guarded(2 * limbs + 1);
  uint64_t *tables = guarded(3 * limbs + 16);
  mpz_t a, b, expected, actual, r, r_inverse;
  mpz_inits(a, b, expected, actual, r, r_inverse, NULL);
  mpz_setbit(r, 64 * limbs);
  mpz_invert(r_inverse, r, n);
  make_tables(tables, limbs, n);

  for (unsigned long i = 0; i < inputs + 144; i++) {
    pick(a, i % 12, n, limbs);
    pick(b, i / 12, n, limbs);

    put(x, limbs, a);
    tlk_mulx_wide_square(scratch, x, limbs);
    get(actual, scratch, 2 * limbs + 1);
    mpz_mul(expected, a, a);
    if (mpz_cmp(actual, expected) != 0) differ("wide square", limbs, n, a);

    tlk_mulx_square(x, tables, scratch, limbs, 1);
    get(actual, x, limbs);
    mpz_mul(expected, expected, r_inverse);
    if (!mpz_congruent_p(actual, expected, n)) differ("square", limbs, n, a);

    put(x, limbs, a);
    put(y, limbs, b);
    tlk_mulx_wide_multiply(scratch, x, y, limbs);
    get(actual, scratch, 2 * limbs + 1);
    mpz_mul(expected, a, b);
    if (mpz_cmp(actual, expected) != 0) differ("wide product", limbs, n, a);

    tlk_mulx_multiply(x, y, tables, scratch, limbs);
    get(actual, x, limbs);
    mpz_mul(expected, expected, r_inverse);
    if (!mpz_congruent_p(actual, expected, n)) differ("product", limbs, n, a);

    put(x, limbs, a);
    tlk_mulx_multiply(x, x, tables, scratch, limbs);
    get(actual, x, limbs);
    mpz_mul(expected, a, a);
    mpz_mul(expected, expected, r_inverse);
    if (!mpz_congruent_p(actual, expected, n)) differ("product with itself", limbs, n, a);
  }

  mpz_urandomm(a, state, n);
  mpz_mul(b, a, r);
  mpz_mod(b, b, n);
  put(x, limbs, b);
  tlk_mulx_square(x, tables, scratch, limbs, inputs);
  get(actual, x, limbs);
  mpz_mul(actual, actual, r_inverse);
  mpz_mod(actual, actual, n);
  mpz_set_ui(expected, 0);
  mpz_setbit(expected, inputs);
  mpz_powm(expected, a, expected, n);
  if (mpz_cmp(actual, expected) != 0) differ("chain", limbs, n, a);

  mpz_clears(a, b, expected, actual, r, r_inverse, NULL);
  unguard(x, limbs);
  unguard(y, limbs);
  unguard(scratch, 2 * limbs + 1);
  unguard(tables, 3 * limbs + 16);
}

/* Whatever the tables and the state hold, the kernel returns and stays within its memory. */
static void check_damaged(size_t limbs) {
  uint64_t *x = guarded(limbs), *scratch = guarded(2 * limbs + 1);
  uint64_t *tables = guarded(3 * limbs + 16);
  for (int i = 0; i < 20; i++) {
    for (size_t j = 0; j < 3 * limbs + 16; j++) {
      tables[j] = i == 0 ? 0 : i == 1 ? UINT64_MAX : gmp_urandomb_ui(state, 64);
    }
    for (size_t j = 0; j < limbs; j++) x[j] = i == 1 ? UINT64_MAX : gmp_urandomb_ui(state, 64);
    tlk_mulx_square(x, tables, scratch, limbs, 5);
  }
  unguard(x, limbs);
  unguard(scratch, 2 * limbs + 1);
  unguard(tables, 3 * limbs + 16);
}

int main(int argc, char **argv) {
  unsigned long inputs = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000;
  unsigned long seed = argc > 2 ? strtoul(argv[2], NULL, 10) : 1;
  mpz_t n;

  if ((tlk_cpu_features() & TLK_CPU_BMI2_ADX) == 0) {
    puts("skipped: the CPU has no BMI2 and ADX");
    return 0;
  }
  mpz_init(n);
  gmp_randinit_default(state);
  gmp_randseed_ui(state, seed);
  for (size_t limbs = 8; limbs <= MAX_LIMBS; limbs += 8) {
    check_damaged(limbs);
    for (int kind = 0; kind < 8; kind++) {
      size_t bits = 64 * limbs;
      mpz_set_ui(n, 0);
      switch (kind) {
        case 0: mpz_setbit(n, bits), mpz_sub_ui(n, n, 1); break;
        case 1: mpz_setbit(n, bits), mpz_sub_ui(n, n, 189); break;
        case 2: mpz_setbit(n, bits - 1), mpz_add_ui(n, n, 1); break;
        case 3: mpz_rrandomb(n, state, bits); break;
        case 4: mpz_urandomb(n, state, bits - 2); break;
        case 5: mpz_urandomb(n, state, bits - 500); break;
        case 6: mpz_set_ui(n, 3); break;
        default: mpz_urandomb(n, state, bits), mpz_setbit(n, bits - 1); break;
      }
      mpz_setbit(n, 0);
      if (mpz_cmp_ui(n, 1) == 0) mpz_set_ui(n, 3);
      check_length(limbs, n, inputs);
    }
  }
  printf("mulx agrees with GMP %s: %lu inputs a modulus, seed %lu\n", gmp_version, inputs, seed);
  mpz_clear(n);
  gmp_randclear(state);
  return 0;
}
