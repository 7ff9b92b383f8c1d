import { problemLines } from '../folder-of';
import { WRONG } from './wrong';

it.each(WRONG)('refuses %s', (_, text, problem) => {
  expect(problemLines({ 'dev.yml': text })).toEqual([problem]);
});
