/** A file of a new project. */
export interface ProjectFile {
  /** From the project's folder. */
  readonly path: string;
  readonly text: string;
}
