/** `$1,234.50`; below ten cents by its first two digits: `$0.0016`. */
export function dollarsText(dollars: number): string {
  if (dollars < 0.1) return `$${Number(dollars.toPrecision(2))}`;
  return `$${dollars.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}
