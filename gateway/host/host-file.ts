/** A file for the gateway host. */
export interface HostFile {
  /** Its place below `/`: `etc/ipsec.d/kakehashi-dev-aws-default.conf`. */
  readonly path: string;
  /** 0o600 for a file with a secret, 0o755 for programs, 0o640 for FRR's file, else 0o644. */
  readonly mode: number;
  readonly text: string;
  /** Whether an address in it is not known yet; such a file is only shown. */
  readonly pending?: false;
}

/** A file as a plan will leave it. It may hold what is not known before the apply, so no folder is written from it. */
export type PlannedFile = Omit<HostFile, 'pending'> & { readonly pending: boolean };

/** The first lines of every file, after a program's `#!` line. */
export function header(lines: readonly string[]): string {
  return ['Written by kakehashi; changes are overwritten the next time.', ...lines]
    .map((line) => `# ${line}\n`)
    .join('');
}
