/** A fenced block of a documentation page. */
export interface PageBlock {
  /** Where its fence begins, from 1. */
  readonly line: number;
  /** `sh`, `yaml`; empty for an output. */
  readonly language: string;
  readonly text: string;
  /** The HTML comment that stands right above: how it is to be tried, or why it is not. */
  readonly mark?: string;
  /** Of a `sh` block: the output right below it. */
  readonly output?: string;
}

const FENCE = /^```(\w*)$/;
const MARK = /^<!-- (.+) -->$/;

/** The blocks of a page in their order; an output belongs to the commands right above it, and comes with them. */
export function pageBlocks(page: string): readonly PageBlock[] {
  const lines = page.split('\n');
  const blocks: PageBlock[] = [];
  let mark: string | undefined;
  let afterCommands = false;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const [, language] = FENCE.exec(line) ?? [];
    if (language === undefined) {
      if (line !== '') {
        mark = MARK.exec(line)?.[1];
        afterCommands = false;
      }
      continue;
    }
    const end = lines.indexOf('```', at + 1);
    const text = `${lines.slice(at + 1, end).join('\n')}\n`;
    const last = blocks.at(-1);
    if (language === '' && afterCommands && last !== undefined) {
      blocks[blocks.length - 1] = { ...last, output: text };
    } else {
      blocks.push({ line: at + 1, language, text, ...(mark === undefined ? {} : { mark }) });
    }
    afterCommands = language === 'sh';
    mark = undefined;
    at = end;
  }
  return blocks;
}

/** What an output on a page stands for: `…` for anything, a run of spaces and line ends for any other. */
export function outputPattern(output: string): RegExp {
  const parts = output
    .trim()
    .split(/\s*…\s*/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+'));
  return new RegExp(`^\\s*${parts.join('[^]*')}\\s*$`);
}

/** The exit code that a block's last line tells: `# exit 1`. */
export function exitCodeOf(text: string): number {
  const last = text.trimEnd().split('\n').at(-1) ?? '';
  return Number(/# exit (\d+)$/.exec(last)?.[1] ?? 0);
}
