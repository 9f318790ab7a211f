/* Moduli of at most 1554 bits: 30 digits in 4 registers, R = 2^1560. */
#define TLK_REGISTERS 4
#define TLK_DIGITS 30
#define TLK_LAG 2
#define TLK_BOUND 32
#define TLK_SQUARE tlk_ifma_square_1536
#define TLK_MULTIPLY tlk_ifma_multiply_1536
