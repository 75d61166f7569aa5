/** Orders above the credit, and those who may allow them. See README.md. */
export {
  type AddedApprover,
  addApprover,
  type ListedApprover,
  listApprovers,
  removeApprover,
} from './approver-list.ts';
export { decideApproval } from './decide.ts';
export { listDecidedApprovals } from './decided-approvals.ts';
export { listOpenApprovals } from './open-approvals.ts';
export { readApprovers } from './read-approvers.ts';
export { requestApprovals } from './request.ts';
export type { ApprovalOutcome, ApprovalState, DecideAnswer, DecidedApproval, Decider, OpenApproval } from './types.ts';
export { createWaitingUpkeep, sweepWaiting } from './waiting-upkeep.ts';
