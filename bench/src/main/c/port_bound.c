/*
 * The speed limit of the multiplier that the IFMA kernel lives on: a loop of nothing but
 * vpmadd52luq and vpmadd52huq. Twelve accumulators hide a latency of 4 cycles at up to three
 * instructions a cycle. In assembly, so that the compiler can neither drop nor reorder them; run it
 * only where peers_has_ifma says yes.
 */
#include <stdint.h>

#include "peers.h"

enum { PER_TURN = 96 };

int32_t peers_has_ifma(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512ifma");
#else
  return 0;
#endif
}

void peers_multiply_adds(uint64_t count) {
#if defined(__x86_64__)
  uint64_t turns = count / PER_TURN;
  if (turns == 0) {
    return;
  }
  __asm__ volatile(
      ".irp r, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13\n\t"
      "vpxorq %%zmm\\r, %%zmm\\r, %%zmm\\r\n\t"
      ".endr\n\t"
      ".balign 64\n"
      "1:\n\t"
      ".rept 4\n\t"
      ".irp r, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11\n\t"
      "vpmadd52luq %%zmm12, %%zmm13, %%zmm\\r\n\t"
      ".endr\n\t"
      ".irp r, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11\n\t"
      "vpmadd52huq %%zmm12, %%zmm13, %%zmm\\r\n\t"
      ".endr\n\t"
      ".endr\n\t"
      "dec %0\n\t"
      "jnz 1b\n\t"
      "vzeroupper"
      : "+r"(turns)
      :
      : "cc", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9",
        "xmm10", "xmm11", "xmm12", "xmm13");
#else
  (void)count;
#endif
}
