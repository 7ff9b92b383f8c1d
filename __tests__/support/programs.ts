import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Whether a program is on the PATH. */
export function hasProgram(name: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * `describe`, or a skip with a line that says what is missing. With `REQUIRE_TOOLS=1` a missing program fails.
 */
export function describeWith(program: string, name: string, tests: () => void): void {
  if (hasProgram(program) || process.env.REQUIRE_TOOLS === '1') {
    describe(name, () => {
      if (!hasProgram(program)) {
        it(`needs ${program}`, () => {
          throw new Error(`${program} is not installed, and REQUIRE_TOOLS=1 asks for it`);
        });
        return;
      }
      tests();
    });
    return;
  }
  describe.skip(`${name} (skipped: ${program} is not installed)`, tests);
}
