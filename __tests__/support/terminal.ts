/** A program in a terminal of its own: as much of the module as is used here, whose types are for another name. */
interface Terminal {
  write(text: string): void;
  onData(hear: (text: string) => void): unknown;
  onExit(hear: (end: { readonly exitCode: number }) => void): unknown;
}

const { spawn } = require('@cdktf/node-pty-prebuilt-multiarch') as {
  readonly spawn: (program: string, args: readonly string[], options: object) => Terminal;
};

/**
 * Runs a program in a terminal and types: each answer, with Enter, when its question has appeared. A control character is typed
 * alone.
 *
 * @param answers - question and what is typed then
 */
export function inTerminal(
  [program, ...args]: readonly [string, ...string[]],
  folder: string,
  answers: readonly (readonly [RegExp, string])[],
): Promise<{ readonly code: number; readonly screen: string }> {
  const kept = Object.entries(process.env).filter(([name]) => !/^KAKEHASHI_/.test(name));
  const env = { ...Object.fromEntries(kept), CI: '', TERM: 'xterm' };
  const terminal = spawn(program, args, { cols: 200, rows: 24, cwd: folder, env });
  const left = [...answers];
  let screen = '';
  let sinceTyped = '';
  return new Promise((resolve) => {
    terminal.onData((text) => {
      screen += text;
      sinceTyped += text;
      const [question, typed = ''] = left[0] ?? [];
      if (question?.test(sinceTyped) !== true) return;
      left.shift();
      sinceTyped = '';
      terminal.write(typed === '\u0003' ? typed : `${typed}\r`);
    });
    terminal.onExit(({ exitCode }) => resolve({ code: exitCode, screen }));
  });
}
