import { rmSync } from 'node:fs';
import { RUN_FOLDER } from './folder';

export default function afterAllFiles(): void {
  const folder = process.env[RUN_FOLDER];
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}
