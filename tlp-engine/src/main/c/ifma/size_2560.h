/* Moduli of at most 2593 bits: 50 digits in 7 registers, R = 2^2600. */
#define TLK_REGISTERS 7
#define TLK_DIGITS 50
#define TLK_LAG 2
#define TLK_BOUND 64
#define TLK_SQUARE tlk_ifma_square_2560
#define TLK_MULTIPLY tlk_ifma_multiply_2560
