import type { Report } from './report';

/** The interval of the lines about a stack that is still in work, where lines can't be redrawn. */
const REMINDER_MS = 30_000;
/** The same, where the work usually takes many minutes. */
const SLOW_REMINDER_MS = 60_000;
const REDRAW_MS = 150;
const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

interface Row {
  readonly started: number;
  readonly total: number;
  done: number;
  lastLine: number;
  /** The start of the work on each resource in work, by address. */
  readonly busy: Map<string, number>;
}

/**
 * Shows the progress of several stacks: redrawn lines on a terminal; otherwise a line at the start and the end of each, and
 * one every 30 s for a stack that takes long. It has a timer of its own, because not every Terraform reports progress.
 */
export class Progress {
  private readonly rows = new Map<string, Row>();
  private readonly timer: NodeJS.Timeout;
  private first = true;
  private frame = 0;

  constructor(
    private readonly report: Report,
    /** The label in the left column: `plan`, `apply`. */
    private readonly label: string,
    /** The width of the column with the stacks' names. */
    private readonly nameWidth: number,
    /** Whether a start gets a line where lines can't be redrawn. */
    private readonly verbose: boolean,
    /** How long the work on a resource usually takes, where that is many minutes. @default - unknown of all */
    private readonly usualTime: (address: string) => string | undefined = () => undefined,
  ) {
    this.timer = setInterval(() => this.tick(), REDRAW_MS);
    this.timer.unref();
  }

  /** @param text what begins, where a start gets a line */
  start(stack: string, total: number, text = ''): void {
    this.rows.set(stack, { started: Date.now(), total, done: 0, lastLine: Date.now(), busy: new Map() });
    if (this.verbose && !this.report.screen.interactive) {
      this.line('·', stack, text);
    }
  }

  resourceStarted(stack: string, address: string): void {
    this.rows.get(stack)?.busy.set(address, Date.now());
  }

  /** @param changes the number of changes that are done with it */
  resourceEnded(stack: string, address: string, changes: number): void {
    const row = this.rows.get(stack);
    row?.busy.delete(address);
    if (row !== undefined) row.done += changes;
  }

  /** The number of a stack's changes that are done. */
  doneOf(stack: string): number {
    return this.rows.get(stack)?.done ?? 0;
  }

  /** The addresses of a stack's resources in work. */
  busyOf(stack: string): readonly string[] {
    return [...(this.rows.get(stack)?.busy.keys() ?? [])];
  }

  /** Ends a stack's line with a text; an undefined text only removes the line. */
  end(stack: string, mark: '✓' | '✗' | '·', text: string | undefined): void {
    this.rows.delete(stack);
    if (text !== undefined) this.line(mark, stack, text);
    this.draw();
  }

  /** The resource that has been in work longest: `aws_nat_gateway.Nat (12 s)`. */
  get longest(): string | undefined {
    const all = [...this.rows.values()].flatMap((row) => [...row.busy]);
    const [address, since] = all.sort(([, a], [, b]) => a - b)[0] ?? [];
    return address === undefined || since === undefined ? undefined : `${address} (${seconds(since)} s)`;
  }

  /** Removes the redrawn lines and stops. */
  close(): void {
    clearInterval(this.timer);
    this.report.screen.redraw([]);
  }

  private line(mark: string, stack: string, text: string): void {
    const { screen } = this.report;
    const painted =
      mark === '✓' ? screen.paint('green', mark) : mark === '✗' ? screen.paint('red', mark) : mark;
    this.report.say(`${this.left()}${painted} ${stack.padEnd(this.nameWidth)}  ${text}`.trimEnd());
  }

  private left(): string {
    const text = this.first ? this.label : '';
    this.first = false;
    return text.padEnd(10);
  }

  private tick(): void {
    if (this.report.screen.interactive) {
      this.frame += 1;
      this.draw();
      return;
    }
    for (const [stack, row] of this.rows) {
      if (Date.now() - row.lastLine < this.reminderMs(row)) continue;
      row.lastLine = Date.now();
      this.line('…', stack, this.doing(row));
    }
  }

  /** What usually takes an hour is shown once a minute. */
  private reminderMs(row: Row): number {
    const [address] = longestOf(row);
    return address !== undefined && this.usualTime(address) !== undefined ? SLOW_REMINDER_MS : REMINDER_MS;
  }

  private doing(row: Row): string {
    const [address, since] = longestOf(row);
    const more = row.busy.size > 1 ? ` and ${row.busy.size - 1} more` : '';
    const count = row.total > 0 ? `${row.done} of ${row.total}, ` : '';
    if (address === undefined || since === undefined) return `${count}${seconds(row.started)} s`;
    const usual = this.usualTime(address);
    const time = usual === undefined ? `${seconds(since)} s` : `${minutes(since)} min`;
    return `${count}${time} ${address}${more}${usual === undefined ? '' : `, which usually takes ${usual}`}`;
  }

  private draw(): void {
    const frame = FRAMES[this.frame % FRAMES.length];
    this.report.screen.redraw(
      [...this.rows].map(
        ([stack, row]) => `${''.padEnd(10)}${frame} ${stack.padEnd(this.nameWidth)}  ${this.doing(row)}`,
      ),
    );
  }
}

/** The resource that has been in work longest. */
function longestOf(row: Row): readonly [address?: string, since?: number] {
  return [...row.busy].sort(([, a], [, b]) => a - b)[0] ?? [];
}

function seconds(since: number): number {
  return Math.round((Date.now() - since) / 1000);
}

function minutes(since: number): number {
  return Math.floor((Date.now() - since) / 60_000);
}
