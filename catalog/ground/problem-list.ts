import { compareTexts } from '../../base/text/compare-texts';
import { ValueError } from '../../model/value-error';
import { type Path, pathText, quoted } from '../source/node';
import { CatalogError, type Position, type Problem } from './problem';

/** Collects what is wrong with a catalog, so that all of it is reported at once. */
export class ProblemList {
  private readonly problems: Problem[] = [];
  private readonly seen = new Set<string>();

  get hasErrors(): boolean {
    return this.problems.some((problem) => problem.severity === 'error');
  }

  error(code: string, path: Path, message: string, position: Position | undefined, mend?: string): undefined {
    this.add({ severity: 'error', code, path: pathText(path), message, mend, position });
    return undefined;
  }

  warning(
    code: string,
    path: Path,
    message: string,
    position: Position | undefined,
    mend?: string,
  ): undefined {
    this.add({ severity: 'warning', code, path: pathText(path), message, mend, position });
    return undefined;
  }

  note(code: string, path: Path, message: string, position: Position | undefined): void {
    this.add({ severity: 'note', code, path: pathText(path), message, position });
  }

  /** Runs a parser of model/; what it refuses becomes a problem at the given place. */
  parse<T>(path: Path, position: Position, parser: () => T, code = 'bad-value'): T | undefined {
    try {
      return parser();
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      const inline = error.suggestion === undefined ? '' : `; did you mean "${error.suggestion}"?`;
      const mend = error.fix;
      this.error(code, path, `must be ${error.expected}, got ${quoted(error.got)}${inline}`, position, mend);
      return undefined;
    }
  }

  add(problem: Problem): void {
    const { mend, position, ...rest } = problem;
    const added = { ...rest, ...(mend === undefined ? {} : { mend }), ...(position ? { position } : {}) };
    const key = JSON.stringify([rest.path, rest.message, position?.file, position?.line, position?.column]);
    if (this.seen.has(key)) return;
    this.seen.add(key);
    this.problems.push(added);
  }

  /** All of them, by file (in the order in which the files were read), line and column. */
  sorted(files: readonly string[]): readonly Problem[] {
    const rank = (problem: Problem): number => {
      const index = files.indexOf(problem.position?.file ?? '');
      return index < 0 ? files.length : index;
    };
    return [...this.problems].sort(
      (a, b) =>
        rank(a) - rank(b) ||
        compareTexts(a.position?.file ?? '', b.position?.file ?? '') ||
        (a.position?.line ?? 0) - (b.position?.line ?? 0) ||
        (a.position?.column ?? 0) - (b.position?.column ?? 0),
    );
  }

  /** @throws {@link CatalogError} with all problems if one of them is an error */
  throwErrors(files: readonly string[]): void {
    if (this.hasErrors) throw new CatalogError(this.sorted(files));
  }
}
