import { existsSync } from 'node:fs';
import path from 'node:path';
import { shownPath } from '../base/files';

/**
 * The warning about a state that Terraform could not save and left as `errored.tfstate` beside the configuration, with the
 * command that saves it. Continuing without it would create everything twice. Undefined where there is no such file.
 */
export function erroredState(stack: string, folder: string): string | undefined {
  const file = path.join(folder, 'errored.tfstate');
  if (!existsSync(file)) return undefined;
  return [
    `${stack}: ${shownPath(file)} holds a state that could not be saved; push it before anything else is done:`,
    `  terraform -chdir=${shownPath(folder)} state push errored.tfstate && rm ${shownPath(file)}`,
  ].join('\n');
}
