/* Moduli of at most 4101 bits: 79 digits in 10 registers, R = 2^4108. */
#define TLK_REGISTERS 10
#define TLK_DIGITS 79
#define TLK_LAG 2
#define TLK_BOUND 64
#define TLK_SQUARE tlk_ifma_square_4096
#define TLK_MULTIPLY tlk_ifma_multiply_4096
