import { appendFileSync } from 'node:fs';

// Preloaded into a program (`node -r`): when it ends, it writes the modules that it has loaded to the file of LOADED_MODULES.
const file = process.env.LOADED_MODULES;
if (file !== undefined) {
  process.on('exit', () => appendFileSync(file, `${Object.keys(require.cache).join('\n')}\n`));
}
