/* Moduli of at most 1138 bits, such as a factor of 1024 bits times the trapdoor's guard of 64: 22 digits
   in 3 registers, R = 2^1144. */
#define TLK_REGISTERS 3
#define TLK_DIGITS 22
#define TLK_LAG 3
#define TLK_BOUND 32
#define TLK_SQUARE tlk_ifma_square_1088
#define TLK_MULTIPLY tlk_ifma_multiply_1088
