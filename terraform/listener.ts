import { Failure } from '../base/errors';
import { type Diagnostic, type Message, parseMessage } from './messages';

/** Reads what one Terraform command prints, line by line, and keeps what its end is judged by. */
export class Listener {
  /** Its errors. */
  readonly diagnostics: Diagnostic[] = [];
  /** What it printed beside its messages. */
  readonly said: string[] = [];
  /** Set where its messages are of a version that we don't understand. */
  refused: Failure | undefined;

  constructor(private readonly hear: (message: Message) => void) {}

  line(text: string): void {
    try {
      const message = parseMessage(text);
      if (message.type === 'diagnostic' && message.diagnostic.severity === 'error')
        this.diagnostics.push(message.diagnostic);
      if (message.type === 'plain' && message.text.trim() !== '') this.said.push(message.text);
      this.hear(message);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.refused ??= error;
    }
  }
}
