/*
 * One modular product, squared or not, for the size that the including file names:
 *
 *   TLK_REGISTERS  K: vector registers a number fills. Radix 2^52; digit K l + k lies in lane l of
 *                  register k, so that the K digits of a *group* share a lane. Multiplying registers
 *                  by one digit broadcast then needs no shuffle: the product of digits i and j belongs
 *                  to register i + j, or i + j - K one lane up.
 *   TLK_DIGITS     E: digits a number has, at most 8 K. R = 2^(52 E) in the Montgomery form.
 *   TLK_LAG        how many groups higher a group is folded, see below.
 *
 * Reduction. Digits leave from the bottom, group after group, and none of them is multiplied by a
 * quotient, save the very last:
 *
 *   - Groups 0 to FOLDS - 1: the group's value d is dropped and d M added LAG groups higher, where
 *     M = (c N + 1) / 2^(52 K LAG), c = -1/N mod 2^(52 K LAG). That keeps the residue, and the
 *     distance hides the way of d through memory behind other products.
 *   - Every digit from there up to digit E - 2 is dropped and d F_e added at digit E - 1, where e is
 *     the distance to that digit, F_e = (c_e N + 1) / 2^(52 e), c_e = -1/N mod 2^(52 e).
 *   - Digit E - 1 is done exactly: q = t (-1/N) mod 2^52, then q N is added. F_0 stands for N.
 *
 * What then begins at digit E is the result. Folding the last digits one by one to a single digit
 * keeps the exact step to one scalar multiplication, at the price of at most SINGLES more N in the
 * bound of the result. SOUNDNESS.md argues the bounds.
 *
 * Sums. Those of step g are aligned so that lane 0 is group g; every step collects the lower parts of
 * its products (registers below K) in them, the upper parts in those of step g + 1. There are two or
 * three sets of K registers, used in turn. A set turns from step g to step g + SETS by moving down
 * SETS lanes: by a shuffle where there are two; where there are three, it has been stored anyway, and
 * is loaded from so many lanes higher, which needs no arithmetic port and has a step's time. That pays
 * only with many registers: whole registers stored and loaded cost time too.
 *
 * Tables, in 64-bit words from a 64-byte boundary: -1/N mod 2^52 and 7 words unused; M; then F_0 = N,
 * F_1, ..., F_SINGLES, each 8 K words in the layout above (word 8 k + l is digit K l + k).
 */
#include <stddef.h>
#include <string.h>

#include "ifma/ifma_check.h"
#include "ifma/ifma_vector.h"

#define K TLK_REGISTERS
#define GROUPS ((TLK_DIGITS + K - 1) / K)
#define LAST (GROUPS - 1)
#define EXACT (TLK_DIGITS - 1)
#define EXACT_REGISTER (EXACT % K)
#define FOLDS (TLK_DIGITS / K - TLK_LAG)
#define SINGLES (EXACT - K * FOLDS)

#define TABLE_INVERSE 0
#define TABLE_M 8
#define TABLE_F(distance) (8 + 8 * K * (1 + (distance)))

/* With few registers a number, all operands stay in registers; else each part loads its own. */
#define OPERANDS_STAY (K <= 5)
#define SETS (K <= 8 ? 2 : 3)

/* The order in which registers take their turns, 0, 2, 4, ..., 1, 3, 5, ...: the low half of a product
   and the high half of its neighbour go to the same sum, and should not follow one another. */
#define TURN(n) ((n) < (K + 1) / 2 ? 2 * (n) : 2 * (n) - (K + 1) / 2 * 2 + 1)

/* Where a group folded can be added in one go, both parts at a time, each digit is broadcast once. With
   many registers that takes too many at once, and delays the digits that leave. */
#define FOLD_AT_ONCE (K <= 8)

/* The part of a step's products to add: into the sums of the step, or into those of the next. */
enum part { LOWER, UPPER, BOTH };

/* Working memory. Behind the 8 lanes of each stored sum stand 8 zeros, for loads from higher lanes. */
typedef struct {
  uint64_t sums[SETS][K][16];
  uint64_t digits[GROUPS * K]; /* dropped ones; bits 52 and up are rubbish that multipliers ignore */
} __attribute__((aligned(64))) workspace;

/*
 * A product as rows: each digit (lane g of register i, in memory) times registers. When squaring,
 * a pair of registers i > j is multiplied once, doubled, and register i with itself in both orders
 * of its lanes: digit i is multiplied by doubled[j] for j < i and by diagonal[i]. 2x as digits is
 * doubled[j] = 2 x_j + (x_{j-1} >> 51) without the bit that leaves at the top, and diagonal[i] =
 * x_i + (x_{i-1} >> 51) takes that bit in. Otherwise registers[j] for all j.
 */
typedef struct {
  const uint64_t *digits;
  const uint64_t *registers;
  const uint64_t *diagonal; /* null when not squaring */
  const tlk_lanes *registers_held; /* the same, where OPERANDS_STAY */
  const tlk_lanes *diagonal_held;
  const tlk_lanes *digits_held; /* when squaring, for row 0, which nothing else gives time */
} factors;

/* Lays down the zeros behind the sums. */
TLK_INLINE void clear(workspace *w) {
  memset(w->sums, 0, sizeof w->sums);
}

/* Adds digit v at position p = i + j of the step, as far as it belongs to the given part. */
TLK_INLINE void add_product(tlk_lanes *here, tlk_lanes *above, int p, enum part part,
                            tlk_lanes digit, tlk_lanes v) {
  if (part == BOTH || (p < K) == (part == LOWER)) {
    tlk_lanes *sum = p < K ? &here[p] : &above[p - K];
    *sum = tlk_add_low(*sum, digit, v);
  }
  if (part == BOTH || (p + 1 < K) == (part == LOWER)) {
    tlk_lanes *sum = p + 1 < K ? &here[p + 1] : &above[p + 1 - K];
    *sum = tlk_add_high(*sum, digit, v);
  }
}

/* Adds row g of the product. */
TLK_INLINE void add_row(int g, enum part part, tlk_lanes *here, tlk_lanes *above,
                        const factors *f) {
  const int squaring = f->diagonal != NULL;
  tlk_lanes v[K];
  const uint64_t *registers = tlk_anew(f->registers);
  const uint64_t *diagonal = tlk_anew(f->diagonal);
  TLK_UNROLL for (int j = 0; j < K; j++) {
    if (!squaring || j < K - 1) {
      v[j] = OPERANDS_STAY ? f->registers_held[j] : tlk_load(registers + 8 * j);
    }
  }
  TLK_UNROLL for (int i = 0; i < K; i++) {
    const int top = squaring ? i : K - 1;
    if (g * K + i >= TLK_DIGITS || (part == UPPER && i + top + 1 < K)) {
      continue;
    }
    tlk_lanes digit = g == 0 && squaring ? tlk_broadcast_lowest(f->digits_held[i])
                                         : tlk_broadcast(f->digits + 8 * i + g);
    tlk_lanes own = !squaring       ? v[i]
                    : OPERANDS_STAY ? f->diagonal_held[i]
                                    : tlk_load(diagonal + 8 * i);
    TLK_UNROLL for (int n = 0; n < K; n++) {
      const int j = TURN(n);
      if (j <= top) {
        add_product(here, above, i + j, part, digit, j == i ? own : v[j]);
      }
    }
  }
}

/* Folds a group: adds its K digits times M. */
TLK_INLINE void add_fold(const uint64_t *digits, enum part part, tlk_lanes *here, tlk_lanes *above,
                         const uint64_t *tables) {
  tlk_lanes v[K];
  if (!OPERANDS_STAY) {
    tables = tlk_anew(tables);
  }
  TLK_UNROLL for (int j = 0; j < K; j++) v[j] = tlk_load(tables + TABLE_M + 8 * j);
  TLK_UNROLL for (int i = 0; i < K; i++) {
    tlk_lanes digit = tlk_broadcast(digits + i);
    TLK_UNROLL for (int n = 0; n < K; n++) {
      add_product(here, above, i + TURN(n), part, digit, v[TURN(n)]);
    }
  }
}

/* The product that digit `at`, folded to digit E - 1, adds to that digit itself. */
TLK_INLINE void add_single_lowest(int at, tlk_lanes *here, const uint64_t *digits,
                                  const uint64_t *tables) {
  here[EXACT_REGISTER] =
      tlk_add_low(here[EXACT_REGISTER], tlk_broadcast(digits + at), tlk_load(tables + TABLE_F(EXACT - at)));
}

/* The other products of a digit folded to digit E - 1, in the alignment of the last step. */
TLK_INLINE void add_single(int at, tlk_lanes *here, tlk_lanes *above, const uint64_t *digits,
                           const uint64_t *tables) {
  tlk_lanes digit = tlk_broadcast(digits + at);
  TLK_UNROLL for (int n = 0; n < K; n++) {
    const int j = TURN(n);
    const int p = EXACT_REGISTER + j;
    tlk_lanes v = tlk_load(tables + TABLE_F(EXACT - at) + 8 * j);
    if (j > 0) {
      tlk_lanes *sum = p < K ? &here[p] : &above[p - K];
      *sum = tlk_add_low(*sum, digit, v);
    }
    tlk_lanes *sum = p + 1 < K ? &here[p + 1] : &above[p + 1 - K];
    *sum = tlk_add_high(*sum, digit, v);
  }
}

/* Digit k of group g, not yet carried: the stored sums of steps g, g - 1, ... hold a part each. */
TLK_INLINE uint64_t collect(int g, int k, const workspace *w) {
  uint64_t t = w->sums[g % SETS][k][0];
  if (g >= 1) {
    t += w->sums[(g - 1) % SETS][k][1];
  }
  if (g >= 2 && SETS > 2) {
    t += w->sums[(g - 2) % SETS][k][2];
  }
  return t;
}

/* Takes group g out as digits; returns the carry into the next group. */
TLK_INLINE uint64_t take_group(int g, uint64_t carry, workspace *w) {
  TLK_UNROLL for (int k = 0; k < K; k++) {
    uint64_t t = carry + collect(g, k, w);
    w->digits[g * K + k] = t;
    carry = t >> TLK_DIGIT_BITS;
  }
  return carry;
}

/*
 * Takes out the last group's digits up to E - 1, where the quotient q takes the digit's place; returns
 * the carry into digit E. What the group's own digits add to digit E - 1 when folded is computed here
 * in scalar code, ahead of the vectors. With q N added, digit E - 1 is 0 modulo 2^52, hence the carry.
 */
TLK_INLINE uint64_t take_last(uint64_t carry, workspace *w, const uint64_t *tables) {
  uint64_t t = 0;
  uint64_t folded = 0;
  TLK_UNROLL for (int k = 0; k <= EXACT_REGISTER; k++) {
    t = carry + collect(LAST, k, w);
    if (k < EXACT_REGISTER) {
      w->digits[LAST * K + k] = t;
      folded += t * tables[TABLE_F(EXACT_REGISTER - k)] & TLK_DIGIT_MASK;
      carry = t >> TLK_DIGIT_BITS;
    }
  }
  t += folded;
  w->digits[EXACT] = t * tables[TABLE_INVERSE];
  return (t + TLK_DIGIT_MASK) >> TLK_DIGIT_BITS;
}

/*
 * The result's columns from the sums of the last two steps and what is still pending in the stored
 * ones: digit E + K l + k of the product is column k, lane l.
 */
TLK_INLINE void join(tlk_lanes *column, const tlk_lanes *here, const tlk_lanes *above,
                     const workspace *w) {
  const uint64_t(*before)[16] = w->sums[(LAST - 1) % SETS];
  const uint64_t(*earlier)[16] = w->sums[(LAST - 2) % SETS];
  TLK_UNROLL for (int k = 0; k < K; k++) {
    if (k <= EXACT_REGISTER) {
      tlk_lanes sum = above[k];
      if (SETS > 2) {
        sum = _mm512_add_epi64(sum, tlk_load_unaligned(before[k] + 2));
      }
      column[K - 1 - EXACT_REGISTER + k] = _mm512_add_epi64(sum, tlk_lane_down(here[k]));
    } else {
      tlk_lanes sum = _mm512_add_epi64(here[k], tlk_load_unaligned(before[k] + 1));
      if (SETS > 2) {
        sum = _mm512_add_epi64(sum, tlk_load_unaligned(earlier[k] + 2));
      }
      column[k - 1 - EXACT_REGISTER] = _mm512_add_epi64(sum, tlk_lane_up(above[k]));
    }
  }
}

/*
 * x <- digits of the columns, in one pass: each keeps its low 52 bits and takes in what leaves the
 * column below. In very rare cases that makes a digit of 2^52 or a little more: whoever uses x next
 * must look.
 */
TLK_INLINE void normalise(tlk_lanes *x, const tlk_lanes *column) {
  const tlk_lanes mask = _mm512_set1_epi64(TLK_DIGIT_MASK);
  TLK_UNROLL for (int k = 0; k < K; k++) {
    tlk_lanes carry = _mm512_srli_epi64(column[k > 0 ? k - 1 : K - 1], TLK_DIGIT_BITS);
    if (k == 0) {
      carry = tlk_lane_up(carry);
    }
    x[k] = _mm512_add_epi64(_mm512_and_si512(column[k], mask), carry);
  }
}

/*
 * x <- (product of f) / R modulo N, below TLK_BOUND N and normalised in one pass.
 *
 * Requires: both factors below TLK_BOUND N, all their digits below 2^52 (the memory that f names may be
 * what x is later stored to, and f->digits_held may be x). w->sums: zeros behind the lanes.
 */
TLK_INLINE void product(tlk_lanes *x, const factors *f, const uint64_t *tables, workspace *w) {
  const tlk_lanes zero = _mm512_setzero_si512();
  const uint64_t *late_tables = tlk_anew(tables);
  tlk_lanes sums[SETS][K];
  tlk_lanes column[K];
  uint64_t carry = 0;

  TLK_UNROLL for (int k = 0; k < K; k++) sums[0][k] = zero;
  TLK_UNROLL for (int g = 0; g < GROUPS; g++) {
    tlk_lanes *here = sums[g % SETS];
    tlk_lanes *above = sums[(g + 1) % SETS];
    const int folded = g - TLK_LAG;
    const int folds = folded >= 0 && folded < FOLDS;

    /* The set of step g + 1 - SETS moves down. At the end, join() takes over for result digits. */
    TLK_UNROLL for (int k = 0; k < K; k++) {
      if (g + 1 < SETS || (g == LAST && k > EXACT_REGISTER)) {
        above[k] = zero;
      } else if (SETS > 2) {
        above[k] = tlk_load_unaligned(&w->sums[(g + 1) % SETS][k][SETS]);
      } else {
        above[k] = _mm512_alignr_epi64(zero, above[k], SETS);
      }
    }

    /* Lower and upper parts together: they add to different sums, so that fewer of the additions in
       flight wait for one another, and each operand is loaded once. The next row gives the digits that
       leave time for their way through memory. In the last step they are urgent, and the upper parts
       fill the time until they are there. */
    const enum part row_part = g < LAST ? BOTH : LOWER;
    const enum part fold_part = g < LAST && FOLD_AT_ONCE ? BOTH : LOWER;
    add_row(g, row_part, here, above, f);
    if (folds) {
      add_fold(w->digits + folded * K, fold_part, here, above, tables);
    }
    if (g == LAST) {
      TLK_UNROLL for (int at = K * FOLDS; at < K * LAST; at++) {
        add_single_lowest(at, here, w->digits, late_tables);
      }
    }
    TLK_UNROLL for (int k = 0; k < K; k++) {
      if (SETS > 2 || (g == LAST - 1 && k > EXACT_REGISTER)) {
        tlk_store(w->sums[g % SETS][k], here[k]);
      } else {
        tlk_store_two(w->sums[g % SETS][k], here[k]); /* all that collect() reads; it costs less */
      }
    }
    __asm__("" : "+m"(w->sums)); /* what follows reads memory, not registers */
    carry = g < LAST ? take_group(g, carry, w) : take_last(carry, w, tables);
    if (folds && fold_part == LOWER) {
      add_fold(w->digits + folded * K, UPPER, here, above, tables);
    }
  }

  /* Row LAST's upper part and the groups taken out before wait for nothing: they fill the time until
     the last group's digits, and finally q, are there. */
  tlk_lanes *here = sums[LAST % SETS];
  tlk_lanes *above = sums[(LAST + 1) % SETS];
  add_row(LAST, UPPER, here, above, f);
  TLK_UNROLL for (int at = K * FOLDS; at <= EXACT; at++) {
    if (at >= K * LAST) {
      add_single_lowest(at, here, w->digits, late_tables);
    }
    add_single(at, here, above, w->digits, late_tables);
  }

  join(column, here, above, w);
  column[0] = _mm512_add_epi64(column[0],
                               _mm512_zextsi128_si512(_mm_cvtsi64_si128((long long)carry)));
  check_columns(column);
  normalise(x, column);
}
