/** The verdict of one program on one thing in a gateway folder. */
export interface CheckResult {
  /** A path in the folder, or a proposal: `ike=aes_gcm256-sha2_384;dh20`. */
  readonly subject: string;
  readonly program: string;
  /**
   * `absent`: there is no verdict, and `says` has the reason. The program is not installed, lacks rights, or is another version
   * that does not take what the gateway's own version may take.
   */
  readonly verdict: 'passed' | 'failed' | 'absent';
  /** The reason, in the program's own words; also whatever makes a good verdict a weaker one. */
  readonly says: readonly string[];
}

/** A result without a verdict, with the reason. */
export function absent(program: string, subject: string, ...says: readonly string[]): CheckResult {
  return { program, subject, verdict: 'absent', says };
}

/**
 * The result of another major version than the gateway's. That it takes a file means something; that it refuses one does not
 * mean that the gateway's own version would.
 */
export function byOtherVersion(result: CheckResult, note: string | undefined): CheckResult {
  if (note === undefined || result.verdict === 'absent') return result;
  return {
    ...result,
    verdict: result.verdict === 'passed' ? 'passed' : 'absent',
    says: [note, ...result.says],
  };
}

/** The note where the major versions differ. @param full - the installed version: `5.2` */
export function versionNote(daemon: string, full: string, wanted: number): string | undefined {
  if (Number.parseInt(full, 10) === wanted) return undefined;
  return `${daemon} ${full} is installed here, the gateway has ${wanted}: checked by another version`;
}
