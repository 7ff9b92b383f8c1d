/** A file for the gateway host. */
export interface HostFile {
  /** Its place below `/`: `etc/ipsec.d/kakehashi-dev-aws-default.conf`. */
  readonly path: string;
  /** 0o600 for a file with a secret, 0o755 for programs, 0o640 for FRR's file, else 0o644. */
  readonly mode: number;
  readonly text: string;
}

/** The first lines of every file, after a program's `#!` line. */
export function header(lines: readonly string[]): string {
  return ['Written by kakehashi; changes are overwritten the next time.', ...lines]
    .map((line) => `# ${line}\n`)
    .join('');
}
