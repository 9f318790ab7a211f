/*
 * x <- t / R, modulo N, where R = B^limbs
 *
 *   void tlk_mulx_reduce(uint64_t *x, uint64_t *t, const uint64_t *tables, uint64_t limbs);
 *
 * t has 2 limbs + 1 limbs, the highest 0, and is destroyed; x has limbs limbs, a multiple of 8, at
 * least 8; the result is below R, not always below N. Tables as tlk_mulx_tables.h has them. Nothing
 * overlaps. CPU features: BMI2, ADX.
 *
 * Montgomery reduction, one limb after the other, where all steps but two need no quotient. With
 * M = (c N + 1) / B, c = -1/N mod B, the lowest limb d is dropped and d M added one limb higher:
 * d M B = d modulo N. The next limb to drop is so ready after one multiplication and one addition.
 * Such a step adds up to B M, though, so the last two are done with the quotient q = -d/N mod B by
 * adding q N.
 *
 * Bounds: with t < R^2, the steps of the first kind add less than M B^(limbs - 1), those of the
 * second less than N R, and the sum over R is below t / R + N + N / B < R + N + N / B. Where that
 * exceeds R, N is subtracted; only where the result still exceeds R, which needs it to lie within
 * N / B of R + N, once more. That branch is the only one that depends on the numbers.
 *
 * Carries: position 8 I + limbs + 9 gets at most 1 from the row of blocks I, because the sum of all
 * below it is below B^(8 I + limbs + 9) + M B^(8 I + 9).
 */
#include "mulx_block.h"
#include "tlk_mulx_tables.h"

#define FRAME_TAIL FRAME_SLOT(1)
#define FRAME_X FRAME_SLOT(2)
#define FRAME_N FRAME_SLOT(3)
#define FRAME_M FRAME_SLOT(4)
#define FRAME_M_END FRAME_SLOT(5)
#define FRAME_U_END FRAME_SLOT(6)
#define FRAME_LIMBS FRAME_SLOT(7)

/* d = a0 is dropped and d M[0..7] added at a1..a8; its register becomes a9. */
.macro FOLD_ROW i, a0, a1, a2, a3, a4, a5, a6, a7, a8
  .if \i
  mov [rcx + 8 * \i], \a0
  .endif
  mov rdx, \a0
  ROW_PRODUCTS rsi, \a1, \a2, \a3, \a4, \a5, \a6, \a7, \a8, \a0, nop
.endm

/* q N[0..8] is added at a0..a8, which makes a0 zero; its register becomes a9. rdi: N. */
.macro EXACT_ROW i, a0, a1, a2, a3, a4, a5, a6, a7, a8
  mov rdx, \a0
  imul rdx, [rdi - 8 * TLK_MULX_N]
  mov [rcx + 8 * \i], rdx
  xor eax, eax
  MULTIPLY_ADD rdi, \a0, \a1
  MULTIPLY_ADD rdi+8, \a1, \a2
  MULTIPLY_ADD rdi+16, \a2, \a3
  MULTIPLY_ADD rdi+24, \a3, \a4
  MULTIPLY_ADD rdi+32, \a4, \a5
  MULTIPLY_ADD rdi+40, \a5, \a6
  MULTIPLY_ADD rdi+48, \a6, \a7
  MULTIPLY_ADD rdi+56, \a7, \a8
  MULTIPLY_ADD_LAST rdi+64, \a8, \a0
.endm

FUNCTION tlk_mulx_reduce
  ENTER
  mov [FRAME_X], rdi
  lea rax, [rdx + 8 * TLK_MULX_N]
  mov [FRAME_N], rax
  lea rax, [rax + 8 * rcx + 64]
  mov [FRAME_M], rax
  lea rax, [rax + 8 * rcx]
  mov [FRAME_M_END], rax
  lea rax, [rsi + 8 * rcx]
  mov [FRAME_U_END], rax
  mov [FRAME_LIMBS], rcx
  mov dword ptr [FRAME_TAIL], 0
  mov rcx, rsi                 /* rcx = u = t + 8 I */

.Lrow_of_blocks:
  /* Position j lives in register j mod 9 of r8 .. r15, rbp. */
  mov r8, [rcx]
  mov r9, [rcx + 8]
  mov r10, [rcx + 16]
  mov r11, [rcx + 24]
  mov r12, [rcx + 32]
  mov r13, [rcx + 40]
  mov r14, [rcx + 48]
  mov r15, [rcx + 56]
  mov rbp, [rcx + 64]
  mov rsi, [FRAME_M]
  FOLD_ROW 0, r8, r9, r10, r11, r12, r13, r14, r15, rbp
  FOLD_ROW 1, r9, r10, r11, r12, r13, r14, r15, rbp, r8
  FOLD_ROW 2, r10, r11, r12, r13, r14, r15, rbp, r8, r9
  FOLD_ROW 3, r11, r12, r13, r14, r15, rbp, r8, r9, r10
  FOLD_ROW 4, r12, r13, r14, r15, rbp, r8, r9, r10, r11
  FOLD_ROW 5, r13, r14, r15, rbp, r8, r9, r10, r11, r12
  lea rax, [rcx + 64]
  cmp rax, [FRAME_U_END]
  je .Llast_rows
  FOLD_ROW 6, r14, r15, rbp, r8, r9, r10, r11, r12, r13
  FOLD_ROW 7, r15, rbp, r8, r9, r10, r11, r12, r13, r14
  mov [rcx + 64], rbp
  lea rbp, [rsi + 64]          /* every row of the blocks ahead multiplies M */

.Lahead:
  mov dword ptr [FRAME_CARRY], 0
  lea rdi, [rcx + 72]
  add rsi, 64
  cmp rsi, [FRAME_M_END]
  je .Ltail
  .balign 32
.Lblock:
  BLOCK rsi, rbp
  add rsi, 64
  add rbp, 64
  cmp rsi, [FRAME_M_END]
  jne .Lblock

.Ltail:
  /* Accumulator += sum[0..7] + the last block's carry + what the row of blocks before carried. */
  mov eax, [FRAME_CARRY]
  mov ebx, [FRAME_TAIL]
  add eax, -1                  /* carry flag = block's carry; overflow flag = 0 */
  adcx r8, [rdi]
  adox r8, rbx
  mov [rdi], r8
  mov ebx, 0
  adcx r9, [rdi + 8]
  adox r9, rbx
  mov [rdi + 8], r9
  adcx r10, [rdi + 16]
  adox r10, rbx
  mov [rdi + 16], r10
  adcx r11, [rdi + 24]
  adox r11, rbx
  mov [rdi + 24], r11
  adcx r12, [rdi + 32]
  adox r12, rbx
  mov [rdi + 32], r12
  adcx r13, [rdi + 40]
  adox r13, rbx
  mov [rdi + 40], r13
  adcx r14, [rdi + 48]
  adox r14, rbx
  mov [rdi + 48], r14
  adcx r15, [rdi + 56]
  adox r15, rbx
  mov [rdi + 56], r15
  mov eax, 0
  adcx rax, rbx
  adox rax, rbx
  mov [FRAME_TAIL], eax
  add rcx, 64
  cmp rcx, [FRAME_U_END]
  jne .Lrow_of_blocks

  /* The result lies at rcx = t + limbs, its overflow limb above it. */
  mov rdi, [FRAME_X]
  mov rdx, [FRAME_LIMBS]
  mov rsi, [FRAME_M_END]       /* zeros */
  mov rbp, [FRAME_N]
  mov rbx, [rcx + 8 * rdx]
  shr rdx, 3
  test rbx, rbx
  cmovnz rsi, rbp
  clc
.Lsubtract:
  .irp i, 0, 1, 2, 3, 4, 5, 6, 7
  mov rax, [rcx + 8 * \i]
  sbb rax, [rsi + 8 * \i]
  mov [rdi + 8 * \i], rax
  .endr
  lea rcx, [rcx + 64]
  lea rsi, [rsi + 64]
  lea rdi, [rdi + 64]
  dec rdx
  jnz .Lsubtract
  sbb rbx, 0
  jnz .Lsubtract_again
.Ldone:
  LEAVE_AND_RETURN

.Llast_rows:
  mov rdi, [FRAME_N]
  EXACT_ROW 6, r14, r15, rbp, r8, r9, r10, r11, r12, r13
  EXACT_ROW 7, r15, rbp, r8, r9, r10, r11, r12, r13, r14
  mov [rcx + 64], rbp
  lea rbp, [rdi + 72]          /* the last two rows of the blocks ahead multiply N, one limb on */
  jmp .Lahead

.Lsubtract_again:
  mov rdi, [FRAME_X]
  mov rcx, [FRAME_LIMBS]
  clc
.Lsubtract_limb:
  mov rax, [rdi]
  sbb rax, [rbp]
  mov [rdi], rax
  lea rdi, [rdi + 8]
  lea rbp, [rbp + 8]
  dec rcx
  jnz .Lsubtract_limb
  jmp .Ldone
END_FUNCTION tlk_mulx_reduce

.section .note.GNU-stack, "", @progbits
