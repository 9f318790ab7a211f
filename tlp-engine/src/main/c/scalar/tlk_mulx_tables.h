/*
 * The scalar kernel's tables for one modulus N, in limbs of 64 bits, least significant first. With
 * n = limbs, a multiple of 8, at least 8, B = 2^64 and N odd and below B^n:
 *
 *   [0]                    -1/N mod B, then seven zeros
 *   [8 .. n + 8)           N, then eight zeros
 *   [n + 16 .. 2 n + 16)   M = 1/B mod N
 *   [2 n + 16 .. 3 n + 16) zeros
 *
 * Included by C and by assembler files.
 */
#ifndef TLK_MULX_TABLES_H
#define TLK_MULX_TABLES_H

/* Offset of N. */
#define TLK_MULX_N 8

#endif
