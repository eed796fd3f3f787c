export interface Random {
  /** Uniform in [0, 1). */
  unit(): number;
  /** `count` random bytes as lower-case hexadecimal digits. */
  hex(count: number): string;
}
