/*
 * t <- x^2
 *
 *   void tlk_mulx_wide_square(uint64_t *t, const uint64_t *x, uint64_t limbs);
 *
 * t has 2 limbs + 1 limbs, the highest is set to 0; x has limbs limbs, a multiple of 8, at least 8.
 * They do not overlap. CPU features: BMI2, ADX. No branch or address depends on x.
 *
 * The products x_i x_j with i < j are summed once, in blocks of 8 x 8 limbs, row of blocks after
 * row of blocks, the block on the diagonal being a triangle. One pass then doubles the sum along
 * the carry flag and adds the squares x_i^2 along the overflow flag.
 *
 * Bounds: the sums after each row of blocks I are below B^(8 (I + 1)) B^limbs, so nothing is
 * carried out of the limbs stored then.
 */
#include "mulx_block.h"

#define FRAME_T FRAME_SLOT(1)
#define FRAME_X FRAME_SLOT(2)
#define FRAME_X_END FRAME_SLOT(3)
#define FRAME_LIMBS FRAME_SLOT(4)

/* Row i of the triangle: x_i (x_{i+1} .. x_7) at positions 2 i + 1 to i + 8, the last one new. */
.macro TRIANGLE_ROW i:req, positions:vararg
  mov rdx, [rcx + 8 * \i]
  xor eax, eax
  TRIANGLE_PRODUCTS \i+1, \positions
.endm

.macro TRIANGLE_PRODUCTS j:req, low:req, high:req, rest:vararg
  .ifb \rest
  MULTIPLY_ADD_LAST rcx+8*(\j), \low, \high
  .else
  MULTIPLY_ADD rcx+8*(\j), \low, \high
  TRIANGLE_PRODUCTS \j+1, \high, \rest
  .endif
.endm

/* 2 t + x_i^2 B^(2 i) for one limb x_i at rsi + 8 i, carries in both flags. */
.macro DOUBLE_AND_ADD_SQUARE i
  mov rdx, [rsi + 8 * \i]
  mulx rbx, rax, rdx
  mov r8, [rdi + 16 * \i]
  mov r9, [rdi + 16 * \i + 8]
  adcx r8, r8
  adox r8, rax
  mov [rdi + 16 * \i], r8
  adcx r9, r9
  adox r9, rbx
  mov [rdi + 16 * \i + 8], r9
.endm

FUNCTION tlk_mulx_wide_square
  ENTER
  mov [FRAME_X], rsi
  mov rbp, rdi                 /* rbp = t + 16 I */
  mov [FRAME_T], rdi
  mov [FRAME_LIMBS], rdx
  lea rax, [rsi + 8 * rdx]
  mov [FRAME_X_END], rax
  mov rcx, rsi                 /* rcx = x + 8 I */
  ZERO rdx
  mov rax, [FRAME_LIMBS]
  mov qword ptr [rdi + 8 * rax], 0

.Lrow_of_blocks:
  /* Position j of the triangle lives in register 8 + j mod 8; position 0 has no product. */
  mov r9, [rbp + 8]
  mov r10, [rbp + 16]
  mov r11, [rbp + 24]
  mov r12, [rbp + 32]
  mov r13, [rbp + 40]
  mov r14, [rbp + 48]
  mov r15, [rbp + 56]
  TRIANGLE_ROW 0, r9, r10, r11, r12, r13, r14, r15, r8
  mov [rbp + 8], r9
  mov [rbp + 16], r10
  TRIANGLE_ROW 1, r11, r12, r13, r14, r15, r8, r9
  mov [rbp + 24], r11
  mov [rbp + 32], r12
  TRIANGLE_ROW 2, r13, r14, r15, r8, r9, r10
  mov [rbp + 40], r13
  mov [rbp + 48], r14
  TRIANGLE_ROW 3, r15, r8, r9, r10, r11
  mov [rbp + 56], r15
  TRIANGLE_ROW 4, r9, r10, r11, r12
  TRIANGLE_ROW 5, r11, r12, r13
  TRIANGLE_ROW 6, r13, r14
  xor r15d, r15d

  mov dword ptr [FRAME_CARRY], 0
  lea rdi, [rbp + 64]
  lea rsi, [rcx + 64]
  cmp rsi, [FRAME_X_END]
  je .Lrow_done
  .balign 32
.Lblock:
  BLOCK
  add rsi, 64
  cmp rsi, [FRAME_X_END]
  jne .Lblock
.Lrow_done:
  STORE_TOP
  add rbp, 128
  add rcx, 64
  cmp rcx, [FRAME_X_END]
  jne .Lrow_of_blocks

  mov rdi, [FRAME_T]
  mov rsi, [FRAME_X]
  mov rcx, [FRAME_LIMBS]
  xor eax, eax                 /* clears both carries; nothing below but the chains sets them */
.Ldouble:
  .irp i, 0, 1, 2, 3, 4, 5, 6, 7
  DOUBLE_AND_ADD_SQUARE \i
  .endr
  lea rsi, [rsi + 64]
  lea rdi, [rdi + 128]
  lea rcx, [rcx - 8]
  jrcxz .Ldone
  jmp .Ldouble
.Ldone:
  LEAVE_AND_RETURN
END_FUNCTION tlk_mulx_wide_square

.section .note.GNU-stack, "", @progbits
