import { Failure } from '../base/errors';
import { type Diagnostic, type Message, parseMessage } from './messages';

/** Reads what one Terraform command prints, line by line, and keeps what decides whether it succeeded. */
export class MessageReader {
  /** The errors that the command reported. */
  readonly diagnostics: Diagnostic[] = [];
  /** Lines that the command printed beside its messages. */
  readonly printed: string[] = [];
  /** Set where the command's messages are of a version that is not supported. */
  refused: Failure | undefined;

  constructor(private readonly onMessage: (message: Message) => void) {}

  line(text: string): void {
    try {
      const message = parseMessage(text);
      if (message.type === 'diagnostic' && message.diagnostic.severity === 'error')
        this.diagnostics.push(message.diagnostic);
      if (message.type === 'plain' && message.text.trim() !== '') this.printed.push(message.text);
      this.onMessage(message);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.refused ??= error;
    }
  }
}
