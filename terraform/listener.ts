/** What the Terraform commands need of whoever runs them: a log of every line, and a place for notes to the user. */
export interface TerraformListener {
  readonly log: {
    /** Keeps one line, masked; `source` names the stack and the command. */
    write(source: string, line: string): void;
    readonly masks: { mask(text: string): string };
  };
  note(level: 'warn' | 'info', text: string): void;
}
