// Reads what vitest wrote of a suite and of the second try of its failed files.
//   report.mjs failed FOLDER NAME     the files to try again, a line each; none when more failed than bad luck explains
//   report.mjs count FOLDER FAILED    names what failed or needed its second try, then `N passed, N failed`
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const SUITES = ['embedded', 'debian'];
const MOST_TRIED_AGAIN = 8;

/** Test files of a run by path; undefined when the run ended without writing any. */
function filesOf(folder, name) {
  let text;
  try {
    text = readFileSync(`${folder}/${name}.json`, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
  return new Map(JSON.parse(text).testResults.map((file) => [relative(process.cwd(), file.name), file]));
}

const testsOf = (file, status) => file.assertionResults.filter((test) => test.status === status);

/** A file that fails outside of its tests (an import, a hook) counts as one failure. */
const failuresOf = (file) => testsOf(file, 'failed').length || (file.status === 'failed' ? 1 : 0);

const failedFiles = (files) => [...files].filter(([, file]) => failuresOf(file) > 0).map(([path]) => path);

function namesOf(path, file) {
  const names = testsOf(file, 'failed').map((test) => `${path} > ${test.fullName}`);
  return names.length > 0 ? names : [path];
}

const [what, folder, argument] = process.argv.slice(2);
if (what === 'failed') {
  const paths = failedFiles(filesOf(folder, argument) ?? new Map());
  if (paths.length <= MOST_TRIED_AGAIN) for (const path of paths) console.log(path);
} else {
  let passed = 0;
  let failed = 0;
  for (const suite of SUITES) {
    const first = filesOf(folder, suite);
    if (first === undefined) {
      console.log(`FAILED ${suite}: the run wrote no results`);
      failed += 1;
      continue;
    }
    const again = filesOf(folder, `${suite}-again`) ?? new Map();
    for (const [path, file] of first) {
      const last = again.get(path) ?? file;
      for (const name of namesOf(path, file)) {
        if (failuresOf(file) > 0 && failuresOf(last) === 0)
          console.log(`passed at its second try, alone (${suite}): ${name}`);
      }
      if (failuresOf(last) > 0) for (const name of namesOf(path, last)) console.log(`FAILED (${suite}): ${name}`);
      passed += testsOf(last, 'passed').length;
      failed += failuresOf(last);
    }
  }
  // A check or the demo failed, or a suite for a reason that no test carries: red without a failed test is still red.
  if (argument === '1' && failed === 0) failed = 1;
  console.log(`${passed} passed, ${failed} failed`);
}
