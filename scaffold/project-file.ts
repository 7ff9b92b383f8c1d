/** A file of a new project. */
export interface ProjectFile {
  /** From the project's folder, with `/`. */
  readonly path: string;
  readonly text: string;
  /** Whether it is made by the program alone, so that nobody edits it: it is always written anew. @default false */
  readonly generated?: boolean;
}
