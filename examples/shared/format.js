const number = (value, digits) => value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });

export const bytes = (count) => (count < 999_500 ? `${number(count / 1e3, 0)} kB` : `${number(count / 1e6, count < 1e8 ? 1 : 0)} MB`);
export const rate = (bitsPerSecond) =>
  bitsPerSecond < 999_500 ? `${number(bitsPerSecond / 1e3, 0)} kbit/s` : `${number(bitsPerSecond / 1e6, 1)} Mbit/s`;
export const percent = (share) => `${number(share * 100, 0)}%`;
export const viewers = (count) => (count === 1 ? '1 viewer' : `${count} viewers`);
