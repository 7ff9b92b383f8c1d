import { ProblemList } from '../ground/problem-list';
import { SourceReader } from '../source/extends';
import { environmentFiles, folderProblem } from './folder';
import { type FolderReadings, type Neighbour, readNeighbours } from './neighbours';

/** One environment of a folder, as far as it can be read by itself. */
export interface SurveyedEnvironment extends Neighbour {
  /** Its file and all that it extends. */
  readonly files: readonly string[];
}

/**
 * All environments of a folder, each read once: what they are made of, and what they share. Whether they hold together is not checked.
 *
 * @param readings - gets what is read, for whoever loads environments of the folder afterwards
 * @returns by name; empty for a folder that is not there
 */
export function surveyFolder(
  directory: string,
  readings: FolderReadings,
): ReadonlyMap<string, SurveyedEnvironment> {
  if (folderProblem(directory) !== undefined) return new Map();
  const environments = environmentFiles(directory, new SourceReader(new ProblemList(), readings.parsed));
  const read = readNeighbours('', environments, { directory, readings });
  return new Map(
    read.map((one) => {
      const reader = new SourceReader(new ProblemList(), readings.parsed);
      reader.readMerged(one.file, directory);
      return [one.environment, { ...one, files: reader.files }];
    }),
  );
}
