/* Moduli of at most 2074 bits: 40 digits in 5 registers, R = 2^2080. */
#define TLK_REGISTERS 5
#define TLK_DIGITS 40
#define TLK_LAG 2
#define TLK_BOUND 32
#define TLK_SQUARE tlk_ifma_square_2048
#define TLK_MULTIPLY tlk_ifma_multiply_2048
