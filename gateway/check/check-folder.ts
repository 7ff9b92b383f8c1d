import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Processes } from '../../base/process';
import type { GatewayDaemon } from '../../model/gateway/host';
import { folderFailure } from '../folder/entry';
import { CheckBench } from './bench';
import { checkHostFiles } from './host-files';
import { checkLibreswan } from './libreswan';
import { checkStrongswan } from './strongswan';

/** What one program says of one thing in a gateway folder. */
export interface CheckResult {
  /** A path in the folder, or a proposal: `ike=aes_gcm256-sha2_384;dh20`. */
  readonly subject: string;
  readonly program: string;
  /**
   * `absent`: this host could not tell, and `says` why: the program is not installed, may not do it here, or is another version that does
   * not take what the gateway's own may take.
   */
  readonly verdict: 'passed' | 'failed' | 'absent';
  /** Why, in the program's own words; and whatever makes a good verdict a weaker one. */
  readonly says: readonly string[];
}

/**
 * Puts a gateway folder to the parsers of the daemons that are installed on this host. Nothing is installed, loaded or started
 * on the host for good: the one daemon that is needed, strongSwan's, is started in a network of its own and ended.
 *
 * The programs get copies in which every key is replaced, so no key is in their arguments or answers.
 *
 * @throws {@link Failure} when the folder can't be read
 */
export async function checkFolder(
  folder: string,
  site: { readonly daemon: GatewayDaemon; readonly version: number },
  processes: Processes,
): Promise<readonly CheckResult[]> {
  const scratch = mkdtempSync(path.join(realpathSync(tmpdir()), 'kakehashi-check-'));
  try {
    const bench = new CheckBench(folder, scratch, processes);
    const checkDaemon = site.daemon === 'libreswan' ? checkLibreswan : checkStrongswan;
    return [...(await checkDaemon(bench, site.version)), ...(await checkHostFiles(bench))];
  } catch (error) {
    throw folderFailure(folder, error, 'readable');
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
