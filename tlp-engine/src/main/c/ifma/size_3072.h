/* Moduli of at most 3113 bits: 60 digits in 8 registers, R = 2^3120. */
#define TLK_REGISTERS 8
#define TLK_DIGITS 60
#define TLK_LAG 2
#define TLK_BOUND 64
#define TLK_SQUARE tlk_ifma_square_3072
#define TLK_MULTIPLY tlk_ifma_multiply_3072
