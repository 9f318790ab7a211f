/*
 * Holds the IFMA kernel to GMP: ifma_parity [INPUTS [SEED]], INPUTS random inputs a size.
 * Needs libgmp's header and a CPU with AVX-512 IFMA. Exits 0 if all agree, prints the first
 * difference and exits 1 otherwise. Tables are derived here from their definitions. See parity.sh.
 */
#include "ifma/tlk_ifma.h"
#include "tidelock_kernel.h"

#include <gmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define MAX_WORDS 80
#define PAGE 4096
#define DIGIT_BITS 52
#define CHAIN 1000

typedef struct {
  const char *name;
  int registers, digits, lag, bound;
  uint64_t (*square)(uint64_t *, const uint64_t *, uint64_t);
  void (*multiply)(uint64_t *, const uint64_t *, const uint64_t *, const uint64_t *);
} size;

#define SIZE(bits, registers, digits, lag, bound) \
  {#bits, registers, digits, lag, bound, tlk_ifma_square_##bits, tlk_ifma_multiply_##bits}

static const size sizes[] = {
    SIZE(1024, 3, 20, 3, 32), SIZE(1536, 4, 30, 2, 32), SIZE(2048, 5, 40, 2, 32),
    SIZE(2560, 7, 50, 2, 64), SIZE(3072, 8, 60, 2, 64), SIZE(4096, 10, 79, 2, 64),
};

static gmp_randstate_t state;

static int singles(const size *s) { return s->digits - 1 - s->registers * (s->digits / s->registers - s->lag); }

static size_t table_words(const size *s) { return 8 + 8 * s->registers * (2 + singles(s)); }

/* The longest modulus: R is at least 2 bound N. */
static int modulus_bits(const size *s) { return DIGIT_BITS * s->digits - (s->bound == 32 ? 6 : 7); }

/* Memory that ends where an unreadable page begins: running over the end is a fault. */
static uint64_t *guarded(size_t words) {
  size_t bytes = words * sizeof(uint64_t);
  size_t pages = (bytes + PAGE - 1) / PAGE;
  char *start = mmap(NULL, (pages + 1) * PAGE, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (start == MAP_FAILED || mprotect(start + pages * PAGE, PAGE, PROT_NONE) != 0) {
    perror("guarded memory");
    exit(2);
  }
  return (uint64_t *)(start + pages * PAGE - bytes);
}

static int word_of(int digit, const size *s) {
  return 8 * (digit % s->registers) + digit / s->registers;
}

static void put(uint64_t *words, const mpz_t value, const size *s) {
  mpz_t rest;
  mpz_init_set(rest, value);
  for (int i = 0; i < 8 * s->registers; i++) {
    words[word_of(i, s)] = mpz_get_ui(rest) & ((UINT64_C(1) << DIGIT_BITS) - 1);
    mpz_fdiv_q_2exp(rest, rest, DIGIT_BITS);
  }
  mpz_clear(rest);
}

static void get(mpz_t value, const uint64_t *words, const size *s) {
  mpz_set_ui(value, 0);
  for (int i = 8 * s->registers - 1; i >= 0; i--) {
    mpz_mul_2exp(value, value, DIGIT_BITS);
    mpz_add_ui(value, value, words[word_of(i, s)]);
  }
}

/* (c n + 1) / 2^(52 distance) with c = -1/n mod 2^(52 distance). */
static void put_folded(uint64_t *words, const mpz_t n, int distance, const size *s) {
  mpz_t base, c;
  mpz_inits(base, c, NULL);
  mpz_setbit(base, DIGIT_BITS * distance);
  mpz_invert(c, n, base);
  mpz_sub(c, base, c);
  mpz_mul(c, c, n);
  mpz_add_ui(c, c, 1);
  mpz_divexact(c, c, base);
  put(words, c, s);
  mpz_clears(base, c, NULL);
}

static void make_tables(uint64_t *tables, const mpz_t n, const size *s) {
  const int words = 8 * s->registers;
  mpz_t base, inverse;
  mpz_inits(base, inverse, NULL);
  mpz_setbit(base, DIGIT_BITS);
  mpz_invert(inverse, n, base);
  mpz_sub(inverse, base, inverse);
  memset(tables, 0, 64);
  tables[0] = mpz_get_ui(inverse);
  put_folded(tables + 8, n, s->registers * s->lag, s);
  put(tables + 8 + words, n, s);
  for (int distance = 1; distance <= singles(s); distance++) {
    put_folded(tables + 8 + words * (1 + distance), n, distance, s);
  }
  mpz_clears(base, inverse, NULL);
}

static void differ(const char *what, const size *s, const mpz_t n, const mpz_t x) {
  gmp_printf("%s differs: size %s\nN = %Zx\nx = %Zx\n", what, s->name, n, x);
  exit(1);
}

/* Every representative below bound N is allowed. */
static void pick(mpz_t x, unsigned long kind, const mpz_t n, const size *s) {
  mpz_t end;
  mpz_init(end);
  mpz_mul_ui(end, n, s->bound);
  const size_t bits = mpz_sizeinbase(end, 2);
  switch (kind % 13) {
    case 0: mpz_set_ui(x, 0); break;
    case 1: mpz_set_ui(x, 1); break;
    case 2: mpz_sub_ui(x, n, 1); break;
    case 3: mpz_set(x, n); break;
    case 4: mpz_sub_ui(x, end, 1); break;
    case 5: mpz_set_ui(x, 0), mpz_setbit(x, gmp_urandomm_ui(state, bits)); break;
    case 6: mpz_rrandomb(x, state, bits); break;
    case 7: mpz_urandomm(x, state, n); break;
    case 8: mpz_set_ui(x, 0), mpz_setbit(x, bits - 1), mpz_sub_ui(x, x, 1); break;
    case 9: mpz_set_ui(x, 0), mpz_setbit(x, DIGIT_BITS * (bits / DIGIT_BITS)), mpz_sub_ui(x, x, 1); break;
    default: mpz_urandomm(x, state, end); break;
  }
  mpz_mod(x, x, end);
  mpz_clear(end);
}

/* Digits that reach beyond 2^52, as normalising in one pass leaves them once in a blue moon. */
static void make_digits_large(uint64_t *words, const size *s) {
  for (int i = 1; i < s->digits; i++) {
    uint64_t *low = words + word_of(i - 1, s);
    uint64_t *high = words + word_of(i, s);
    if (*high > 0 && *low < 1000 && gmp_urandomb_ui(state, 1)) {
      *high -= 1;
      *low += UINT64_C(1) << DIGIT_BITS;
    }
  }
}

static void expect(const char *what, const uint64_t *x, const mpz_t product, const mpz_t r_inverse,
                   const mpz_t n, const mpz_t input, const size *s) {
  mpz_t expected, actual, end;
  mpz_inits(expected, actual, end, NULL);
  mpz_mul(expected, product, r_inverse);
  get(actual, x, s);
  mpz_mul_ui(end, n, s->bound);
  if (!mpz_congruent_p(actual, expected, n) || mpz_cmp(actual, end) >= 0) differ(what, s, n, input);
  mpz_clears(expected, actual, end, NULL);
}

/* Returns how many squarings took the slow path. */
static unsigned long check_modulus(const size *s, const mpz_t n, unsigned long inputs) {
  uint64_t *x = guarded(8 * s->registers), *y = guarded(8 * s->registers);
  uint64_t *tables = guarded(table_words(s));
  unsigned long slow = 0;
  mpz_t a, b, ab, aa, r_inverse;
  mpz_inits(a, b, ab, aa, r_inverse, NULL);
  mpz_setbit(r_inverse, DIGIT_BITS * s->digits);
  mpz_invert(r_inverse, r_inverse, n);
  make_tables(tables, n, s);

  for (unsigned long i = 0; i < inputs + 169; i++) {
    pick(a, i % 13, n, s);
    pick(b, i / 13, n, s);
    mpz_mul(aa, a, a);
    mpz_mul(ab, a, b);

    put(x, a, s);
    if (i % 2 == 1) make_digits_large(x, s);
    memcpy(y, x, 64 * s->registers);
    slow += s->square(x, tables, 1);
    expect("square", x, aa, r_inverse, n, a, s);

    s->multiply(y, y, y, tables);
    expect("product with itself", y, aa, r_inverse, n, a, s);

    put(x, a, s);
    put(y, b, s);
    if (i % 2 == 1) make_digits_large(x, s);
    if (i % 3 == 1) make_digits_large(y, s);
    if (i % 5 == 0) {
      s->multiply(y, x, y, tables);
      expect("product over its second factor", y, ab, r_inverse, n, a, s);
    } else {
      s->multiply(x, x, y, tables);
      expect("product", x, ab, r_inverse, n, a, s);
    }
  }

  pick(a, 12, n, s);
  put(x, a, s);
  slow += s->square(x, tables, CHAIN);
  for (int i = 0; i < CHAIN; i++) {
    mpz_mul(a, a, a);
    mpz_mul(a, a, r_inverse);
    mpz_mod(a, a, n);
  }
  get(b, x, s);
  if (!mpz_congruent_p(a, b, n)) differ("chain", s, n, a);

  mpz_clears(a, b, ab, aa, r_inverse, NULL);
  return slow;
}

static void pick_modulus(mpz_t n, unsigned long kind, const size *s) {
  const int bits = modulus_bits(s);
  mpz_set_ui(n, 0);
  switch (kind) {
    case 0: mpz_setbit(n, bits), mpz_sub_ui(n, n, 1); break;
    case 1: mpz_setbit(n, bits), mpz_sub_ui(n, n, 189); break;
    case 2: mpz_setbit(n, bits - 1), mpz_add_ui(n, n, 1); break;
    case 3: mpz_rrandomb(n, state, bits); break;
    case 4: mpz_urandomb(n, state, bits - 2), mpz_setbit(n, bits - 3); break;
    case 5: mpz_urandomb(n, state, bits - 500); break;
    case 6: mpz_set_ui(n, 3); break;
    case 7: mpz_setbit(n, bits), mpz_setbit(n, bits / 2), mpz_sub_ui(n, n, 1), mpz_clrbit(n, bits); break;
    default: mpz_urandomb(n, state, bits), mpz_setbit(n, bits - 1); break;
  }
  mpz_setbit(n, 0);
  if (mpz_cmp_ui(n, 3) < 0) mpz_set_ui(n, 3);
}

/* Whatever the tables and the state hold, the kernel returns and stays within its memory. */
static void check_damaged(const size *s) {
#ifndef TLK_CHECKED
  uint64_t *x = guarded(8 * s->registers), *tables = guarded(table_words(s));
  for (int i = 0; i < 20; i++) {
    for (size_t j = 0; j < table_words(s); j++) {
      tables[j] = i == 0 ? 0 : i == 1 ? UINT64_MAX : gmp_urandomb_ui(state, 64);
    }
    for (int j = 0; j < 8 * s->registers; j++) {
      x[j] = i == 1 ? UINT64_MAX : gmp_urandomb_ui(state, 64);
    }
    s->square(x, tables, 5);
    s->multiply(x, x, x, tables);
  }
#else
  (void)s;
#endif
}

int main(int argc, char **argv) {
  unsigned long inputs = argc > 1 ? strtoul(argv[1], NULL, 10) : 10000;
  unsigned long seed = argc > 2 ? strtoul(argv[2], NULL, 10) : 1;
  const unsigned long moduli = 20;
  mpz_t n;

  if ((tlk_cpu_features() & TLK_CPU_AVX512_IFMA) == 0) {
    puts("skipped: the CPU has no AVX-512 IFMA");
    return 0;
  }
  mpz_init(n);
  gmp_randinit_default(state);
  gmp_randseed_ui(state, seed);
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    const size *s = &sizes[i];
    unsigned long slow = 0;
    check_damaged(s);
    for (unsigned long kind = 0; kind < moduli; kind++) {
      pick_modulus(n, kind, s);
      slow += check_modulus(s, n, inputs / moduli);
    }
    printf("ifma %s agrees with GMP %s: %lu inputs under %lu moduli, %lu slow squarings, seed %lu\n",
           s->name, gmp_version, inputs, moduli, slow, seed);
    if (slow < 1000) {
      printf("too few of them took the slow path; at least 1000 required\n");
      return 1;
    }
  }
  mpz_clear(n);
  gmp_randclear(state);
  return 0;
}
