/** The variable with the folder that all workers of one run of Jest share; unset in the mutation tests. */
export const RUN_FOLDER = 'KAKEHASHI_TEST_RUN_FOLDER';
