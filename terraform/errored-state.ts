import { existsSync } from 'node:fs';
import path from 'node:path';
import { shownPath } from '../base/files';

/**
 * Where Terraform could not save a state, it leaves it as `errored.tfstate` beside the configuration: going on would
 * build everything twice. The text says how to save it; undefined where there is none.
 */
export function erroredState(stack: string, folder: string): string | undefined {
  const file = path.join(folder, 'errored.tfstate');
  if (!existsSync(file)) return undefined;
  return [
    `${stack}: ${shownPath(file)} holds a state that could not be saved; nothing goes on before it is pushed:`,
    `  terraform -chdir=${shownPath(folder)} state push errored.tfstate && rm ${shownPath(file)}`,
  ].join('\n');
}
