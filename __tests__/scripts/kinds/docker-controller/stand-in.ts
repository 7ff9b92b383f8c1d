import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../../support/catalog-folder';

/** A program in the place of Docker's client: it notes what it is asked, and answers from files. */
export class StandInDocker {
  readonly folder = temporaryFolder();
  readonly bin = join(this.folder, 'bin');

  constructor() {
    mkdirSync(this.bin);
    mkdirSync(join(this.folder, 'answers'));
    const file = join(this.bin, 'docker');
    const script = `#!/bin/sh
printf '%s\\n' "$*" >>${this.folder}/asked
for answer in ${this.folder}/answers/*; do
  [ -e "$answer" ] || continue
  case "$*" in *"$(head -n 1 "$answer")"*) tail -n +3 "$answer"; exit "$(sed -n 2p "$answer")" ;; esac
done
echo "no answer to: $*" >&2
exit 1
`;
    writeFileSync(file, script);
    chmodSync(file, 0o755);
    this.answers('version', '27.3.1 1.47\n');
    this.answers('version --format {{.Server.Version}} {{.Server.APIVersion}}', '27.3.1 1.47\n');
  }

  /** What it prints for a command with these words, and how it ends. */
  answers(words: string, text: string, code = 0): void {
    // The longest words are looked for first.
    const name = `${1000 - words.length}-${Buffer.from(words).toString('hex')}`;
    writeFileSync(join(this.folder, 'answers', name.slice(0, 200)), `${words}\n${code}\n${text}`);
  }

  get asked(): readonly string[] {
    const file = join(this.folder, 'asked');
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  }
}
