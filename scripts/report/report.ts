import { Screen, wrapLines } from '../../base/screen';
import { type Event, EventStream } from './events';
import { RunLog } from './log';
import { LOG_LEVELS, type LogLevel } from './log-level';

export interface ReportOptions {
  readonly json: boolean;
  readonly color: boolean;
  readonly level: LogLevel;
  /** The folder of the log files. @default - no log file is written */
  readonly logFolder?: string;
  /** Whether stdout is for a document (`entries`), so that text goes to stderr. @default false */
  readonly stdoutTaken?: boolean;
  /** The environment that its events name. @default - none */
  readonly environment?: string;
}

/** The output of a run: text for people, events for programs, and a log file. All of it is masked. */
export class Report {
  readonly screen: Screen;
  readonly log: RunLog;
  private readonly notices: Screen;
  private readonly events: EventStream;

  /** @param whole - the report of the whole run, whose screen and masks this one shares */
  constructor(
    private readonly options: ReportOptions,
    whole?: Report,
  ) {
    const { json, color, environment, stdoutTaken = false } = options;
    this.log = new RunLog(options.logFolder, whole?.log.masks);
    this.notices = whole?.notices ?? new Screen(process.stderr, color);
    this.screen = whole?.screen ?? (json || stdoutTaken ? this.notices : new Screen(process.stdout, color));
    const stream = json ? process.stdout : undefined;
    this.events = new EventStream(stream, (text) => this.log.masks.mask(text), environment);
  }

  /** The report of one environment of this run: its events name it, and it has a log file of its own. */
  of(environment: string, logFolder?: string): Report {
    const log = logFolder === undefined ? {} : { logFolder };
    return new Report({ ...this.options, ...log, environment }, this);
  }

  /** Prints the answer to what the user asked for, in lines that fit the screen. */
  say(text = ''): void {
    this.screen.print(fitted(this.screen, this.log.masks.mask(text)));
  }

  /** Prints a document, whose lines are left as they are: YAML, a code frame, a difference of files. */
  show(document: string): void {
    this.screen.print(this.log.masks.mask(document));
  }

  /** Prints a remark on stderr, if the log level includes it. The log file gets it in any case. */
  note(level: LogLevel, text: string): void {
    this.log.write(level, text);
    if (LOG_LEVELS.indexOf(level) > LOG_LEVELS.indexOf(this.options.level)) return;
    this.events.emit({ type: 'note', level, text });
    // Two terminals are the same one, so the screen with the redrawn lines must print it.
    const screen = this.screen.interactive ? this.screen : this.notices;
    screen.print(fitted(screen, this.log.masks.mask(text)));
  }

  event(event: Event): void {
    this.events.emit(event);
  }

  close(): void {
    this.screen.redraw([]);
    this.log.close();
  }
}

function fitted(screen: Screen, text: string): string {
  return screen.wraps ? wrapLines(text, screen.width) : text;
}
