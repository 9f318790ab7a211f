/*
 * t <- a b
 *
 *   void tlk_mulx_wide_multiply(uint64_t *t, const uint64_t *a, const uint64_t *b, uint64_t limbs);
 *
 * t has 2 limbs + 1 limbs, the highest is set to 0; a and b have limbs limbs, a multiple of 8, at
 * least 8, and may be the same; t overlaps neither. CPU features: BMI2, ADX. No branch or address
 * depends on a or b.
 *
 * Bounds: the sums after each row of blocks I are below B^(8 (I + 1)) B^limbs, so nothing is
 * carried out of the limbs stored then.
 */
#include "mulx_block.h"

#define FRAME_B FRAME_SLOT(1)
#define FRAME_B_END FRAME_SLOT(2)
#define FRAME_A_END FRAME_SLOT(3)

FUNCTION tlk_mulx_wide_multiply
  ENTER
  mov rbp, rdi                 /* rbp = t + 8 I */
  mov [FRAME_B], rdx
  lea rax, [rdx + 8 * rcx]
  mov [FRAME_B_END], rax
  lea rax, [rsi + 8 * rcx]
  mov [FRAME_A_END], rax
  mov rax, rcx
  ZERO rcx
  mov qword ptr [rdi + 8 * rax], 0
  mov rcx, rsi                 /* rcx = a + 8 I */

.Lrow_of_blocks:
  .irp register, r8, r9, r10, r11, r12, r13, r14, r15
  xor \register, \register
  .endr
  mov dword ptr [FRAME_CARRY], 0
  mov rdi, rbp
  mov rsi, [FRAME_B]
  .balign 32
.Lblock:
  BLOCK
  add rsi, 64
  cmp rsi, [FRAME_B_END]
  jne .Lblock
  STORE_TOP
  add rbp, 64
  add rcx, 64
  cmp rcx, [FRAME_A_END]
  jne .Lrow_of_blocks
  LEAVE_AND_RETURN
END_FUNCTION tlk_mulx_wide_multiply

.section .note.GNU-stack, "", @progbits
