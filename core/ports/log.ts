/** For what an engineer who looks into a problem wants to read; never needed to play. */
export interface Log {
  debug(message: string, details?: Readonly<Record<string, unknown>>): void;
  warn(message: string, details?: Readonly<Record<string, unknown>>): void;
}
