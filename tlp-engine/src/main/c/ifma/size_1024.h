/* Moduli of at most 1034 bits: 20 digits in 3 registers, R = 2^1040. */
#define TLK_REGISTERS 3
#define TLK_DIGITS 20
#define TLK_LAG 3
#define TLK_BOUND 32
#define TLK_SQUARE tlk_ifma_square_1024
#define TLK_MULTIPLY tlk_ifma_multiply_1024
