const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/** A duration in its largest unit and the next smaller one, rounded down: `45 s`, `12 min 5 s`, `5 h 20 min`, `32 d`. */
export function durationText(seconds: number): string {
  const index = UNITS.findIndex(([, length]) => seconds >= length);
  if (index < 0) return '0 s';
  const parts: string[] = [];
  let rest = seconds;
  for (const [unit, length] of UNITS.slice(index, index + 2)) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  return parts.join(' ');
}
