/*
 * Assembler macros shared by the scalar kernel's files: the 8 x 8 limb block of multiply-adds that
 * everything is made of. GNU assembler, Intel syntax. CPU features: BMI2, ADX.
 *
 * B = 2^64. Every number has a multiple of 8 limbs, least significant first, so that one pass over
 * a block serves all lengths and the code stays within the first-level and micro-op caches.
 *
 * Registers, in every block:
 *   r8-r15  accumulator: 8 limbs at position p of the sum, r8 lowest at the start of a block
 *   rdi     address of limb p of the sum in memory
 *   rcx     address of the 8 multiplier limbs d[0..7]
 *   rsi     address of the 8 multiplicand limbs
 *   rdx     the multiplier limb in use; rax, rbx: low and high half of a product
 * Low halves are added along the carry flag, high halves along the overflow flag, so that two
 * chains run side by side. A row keeps everything that is not yet final in registers: it loads one
 * multiplier and 8 multiplicand limbs, and stores the one limb that became final.
 *
 * No row overflows: 8 limbs plus 1 x 8 limbs is at most (B^8 - 1) + (B - 1)(B^8 - 1) < B^9.
 */

/* What does not fit into registers; FRAME_CARRY is the macros' own, the rest each file names. */
#define FRAME_CARRY rsp
#define FRAME_SLOT(n) rsp + 8 * n
#define FRAME_SIZE 64

.intel_syntax noprefix

.macro FUNCTION name
  .text
  .globl \name
  .hidden \name
  .type \name, @function
  .balign 64
\name:
  .cfi_startproc
.endm

.macro END_FUNCTION name
  .cfi_endproc
  .size \name, . - \name
.endm

.macro SAVE register
  push \register
  .cfi_adjust_cfa_offset 8
  .cfi_rel_offset \register, 0
.endm

.macro RESTORE register
  pop \register
  .cfi_adjust_cfa_offset -8
  .cfi_restore \register
.endm

.macro ENTER
  SAVE rbx
  SAVE rbp
  SAVE r12
  SAVE r13
  SAVE r14
  SAVE r15
  sub rsp, FRAME_SIZE
  .cfi_adjust_cfa_offset FRAME_SIZE
.endm

.macro LEAVE_AND_RETURN
  add rsp, FRAME_SIZE
  .cfi_adjust_cfa_offset -FRAME_SIZE
  RESTORE r15
  RESTORE r14
  RESTORE r13
  RESTORE r12
  RESTORE rbp
  RESTORE rbx
  ret
.endm

/*
 * rdx * source added along both chains: the low half at \low, the high half at \high.
 *
 * About the nops: an addition with carry can go to two execution ports only, and two of them to
 * each product keep both ports busy. On recent Intel cores the port is settled when an instruction
 * is issued, by its place among those issued with it; with two additions next to one another the
 * ports are loaded so unevenly that a block takes 91 cycles. One nop between them makes it 82, the
 * uneven spacing of ROW_PRODUCTS, found by search, 77, next to the 74 that the ports allow.
 */
.macro MULTIPLY_ADD source:req, low:req, high:req
  mulx rbx, rax, [\source]
  adcx \low, rax
  nop
  adox \high, rbx
.endm

/* The last product of a row: the high half and both carries become the new limb \high. */
.macro MULTIPLY_ADD_LAST source:req, low:req, high:req
  mulx \high, rax, [\source]
  adcx \low, rax
  mov eax, 0
  nop
  adcx \high, rax
  nop
  adox \high, rax
.endm

/* rdx * source[0..7] added at a0..a7, a new limb at a8; \after_first stands behind the first. */
.macro ROW_PRODUCTS source, a0, a1, a2, a3, a4, a5, a6, a7, a8, after_first:vararg
  xor eax, eax
  mulx rbx, rax, [\source]
  nop
  adcx \a0, rax
  \after_first
  adox \a1, rbx
  MULTIPLY_ADD \source+8, \a1, \a2
  nop
  MULTIPLY_ADD \source+16, \a2, \a3
  nop
  MULTIPLY_ADD \source+24, \a3, \a4
  mulx rbx, rax, [\source+32]
  nop
  adcx \a4, rax
  nop
  adox \a5, rbx
  MULTIPLY_ADD \source+40, \a5, \a6
  mulx rbx, rax, [\source+48]
  nop
  adcx \a6, rax
  nop
  adox \a7, rbx
  nop
  MULTIPLY_ADD_LAST \source+56, \a7, \a8
.endm

/* Row i of a block: adds d[i] * source[0..7] to a0..a7, stores a0, whose register becomes a8. */
.macro ROW i, source, a0, a1, a2, a3, a4, a5, a6, a7
  mov rdx, [rcx + 8 * \i]
  ROW_PRODUCTS \source, \a0, \a1, \a2, \a3, \a4, \a5, \a6, \a7, \a0, mov [rdi + 8 * \i], \a0
.endm

/*
 * One block: accumulator += sum[0..7] + the carry of the block before, then eight rows, of which
 * the last two may have a multiplicand of their own. Stores 8 final limbs, leaves the upper 8 in
 * the accumulator and the carry in FRAME_CARRY, and moves rdi on.
 */
.macro BLOCK source=rsi, last_source=rsi
  mov eax, [FRAME_CARRY]
  add eax, -1
  adc r8, [rdi]
  adc r9, [rdi + 8]
  adc r10, [rdi + 16]
  adc r11, [rdi + 24]
  adc r12, [rdi + 32]
  adc r13, [rdi + 40]
  adc r14, [rdi + 48]
  adc r15, [rdi + 56]
  mov eax, 0
  adc eax, eax
  mov [FRAME_CARRY], eax
  ROW 0, \source, r8, r9, r10, r11, r12, r13, r14, r15
  ROW 1, \source, r9, r10, r11, r12, r13, r14, r15, r8
  ROW 2, \source, r10, r11, r12, r13, r14, r15, r8, r9
  ROW 3, \source, r11, r12, r13, r14, r15, r8, r9, r10
  ROW 4, \source, r12, r13, r14, r15, r8, r9, r10, r11
  ROW 5, \source, r13, r14, r15, r8, r9, r10, r11, r12
  ROW 6, \last_source, r14, r15, r8, r9, r10, r11, r12, r13
  ROW 7, \last_source, r15, r8, r9, r10, r11, r12, r13, r14
  add rdi, 64
.endm

/* The end of a row of blocks in a product: stores the accumulator plus the last block's carry. */
.macro STORE_TOP
  mov eax, [FRAME_CARRY]
  add r8, rax
  mov [rdi], r8
  adc r9, 0
  mov [rdi + 8], r9
  adc r10, 0
  mov [rdi + 16], r10
  adc r11, 0
  mov [rdi + 24], r11
  adc r12, 0
  mov [rdi + 32], r12
  adc r13, 0
  mov [rdi + 40], r13
  adc r14, 0
  mov [rdi + 48], r14
  adc r15, 0
  mov [rdi + 56], r15
.endm

/* Writes 0 to \limbs limbs at rdi, a multiple of 8. Changes rax, rdi, \limbs. */
.macro ZERO limbs
.Lzero\@:
  .irp i, 0, 1, 2, 3, 4, 5, 6, 7
  mov qword ptr [rdi + 8 * \i], 0
  .endr
  add rdi, 64
  sub \limbs, 8
  jnz .Lzero\@
.endm
