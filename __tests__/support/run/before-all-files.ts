import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RUN_FOLDER } from './folder';

export default function beforeAllFiles(): void {
  process.env[RUN_FOLDER] = mkdtempSync(join(tmpdir(), 'kakehashi-run-'));
  // Terraform and its providers end before it is worth it to collect their garbage: a tenth to a fifth of what they compute.
  process.env.GOGC ??= '400';
}
