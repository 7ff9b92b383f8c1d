import { Screen } from '../../base/screen';
import { type Event, EventStream } from './events';
import { RunLog } from './log';
import { LOG_LEVELS, type LogLevel } from './log-level';

export interface ReportOptions {
  readonly json: boolean;
  readonly color: boolean;
  readonly level: LogLevel;
  /** Folder of the log files; absent: no log file. */
  readonly logFolder?: string;
  /** Whether stdout belongs to a document (`entries`), so that text goes to stderr. @default false */
  readonly stdoutTaken?: boolean;
}

/** Everything that a run tells: to people, to programs, and to its log file. All of it is masked. */
export class Report {
  readonly screen: Screen;
  readonly log: RunLog;
  private readonly notices: Screen;
  private readonly events: EventStream;

  constructor(private readonly options: ReportOptions) {
    const { json, color, stdoutTaken = false } = options;
    this.log = new RunLog(options.logFolder);
    this.notices = new Screen(process.stderr, color);
    this.screen = json || stdoutTaken ? this.notices : new Screen(process.stdout, color);
    this.events = new EventStream(json ? process.stdout : undefined, (text) => this.log.masks.mask(text));
  }

  /** What the user asked for: the answer. */
  say(text = ''): void {
    this.screen.print(this.log.masks.mask(text));
  }

  /** What may be worth knowing, on stderr, from the chosen level on. The log file gets it in any case. */
  note(level: LogLevel, text: string): void {
    this.log.write(level, text);
    if (LOG_LEVELS.indexOf(level) > LOG_LEVELS.indexOf(this.options.level)) return;
    this.events.emit({ type: 'note', level, text });
    // Where both are terminals they are one: the redrawn lines must know about it.
    const screen = this.screen.interactive ? this.screen : this.notices;
    screen.print(this.log.masks.mask(text));
  }

  event(event: Event): void {
    this.events.emit(event);
  }

  close(): void {
    this.screen.redraw([]);
    this.log.close();
  }
}
