/** Numbers for people, in their language. */
export interface Format {
  /** Bit/s as kbit/s or Mbit/s. */
  rate(bps: number): string;
  /** Bytes as kB, MB or GB (powers of 10). */
  bytes(bytes: number): string;
  /** 0 to 1 as a percentage. */
  share(ratio: number): string;
  count(count: number): string;
  seconds(seconds: number): string;
}

/** @param language BCP 47 tag; what the platform does not know is formatted as English. */
export function formatFor(language: string): Format {
  const number = (options: Intl.NumberFormatOptions) => {
    const format = new Intl.NumberFormat(localeOf(language), options);
    return (value: number) => format.format(value);
  };
  const unit = (name: string, digits: number) =>
    number({ style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits });
  const kbps = unit('kilobit-per-second', 0);
  const mbps = unit('megabit-per-second', 1);
  const kB = unit('kilobyte', 0);
  const MB = unit('megabyte', 1);
  const GB = unit('gigabyte', 2);
  return {
    rate: (bps) => (bps < 999_500 ? kbps(bps / 1e3) : mbps(bps / 1e6)),
    bytes: (bytes) => (bytes < 999_500 ? kB(bytes / 1e3) : bytes < 999.95e6 ? MB(bytes / 1e6) : GB(bytes / 1e9)),
    share: number({ style: 'percent', maximumFractionDigits: 0 }),
    count: number({ maximumFractionDigits: 0 }),
    seconds: unit('second', 1),
  };
}

function localeOf(language: string): string[] {
  try {
    return [...Intl.getCanonicalLocales(language.replaceAll('_', '-')), 'en'];
  } catch {
    // Players let pages invent language codes.
    return ['en'];
  }
}
