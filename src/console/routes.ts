import { accountRoutes } from './pages/account.ts';
import { accountActionRoutes } from './pages/account-actions.ts';
import { accountBoardRoutes } from './pages/accounts.ts';
import { ageingRoutes } from './pages/ageing.ts';
import { apiKeyRoutes } from './pages/api-keys.ts';
import { approvalRoutes } from './pages/approvals.ts';
import { cashSheetRoutes } from './pages/cash-sheet.ts';
import { catalogueRoutes } from './pages/catalogue.ts';
import { claimRoutes } from './pages/claim.ts';
import { claimListRoutes } from './pages/claims.ts';
import { conversationRoutes } from './pages/conversation.ts';
import { conversationListRoutes } from './pages/conversations.ts';
import { deliveryListRoutes } from './pages/deliveries.ts';
import { deliveryRoutes } from './pages/delivery.ts';
import { exportRoutes } from './pages/exports.ts';
import { firstRunRoutes } from './pages/first-run.ts';
import { importRoutes } from './pages/import.ts';
import { importPreviewRoutes } from './pages/import-preview.ts';
import { meRoutes } from './pages/me.ts';
import { mediaRoutes } from './pages/media.ts';
import { orderRoutes } from './pages/order.ts';
import { orderActionRoutes } from './pages/order-actions.ts';
import { orderBoardRoutes } from './pages/orders.ts';
import { outboxRoutes } from './pages/outbox.ts';
import { paymentRoutes } from './pages/payments.ts';
import { peopleRoutes } from './pages/people.ts';
import { productRoutes } from './pages/product.ts';
import { recordPaymentRoutes } from './pages/record-payment.ts';
import { replyRoutes } from './pages/reply.ts';
import { searchRoutes } from './pages/search.ts';
import { settingsRoutes } from './pages/settings/index.ts';
import { shopRoutes } from './pages/shop.ts';
import { newShopRoutes } from './pages/shop-new.ts';
import { signInRoutes } from './pages/sign-in.ts';
import { staffRoutes } from './pages/staff.ts';
import { todayRoutes } from './pages/today.ts';
import { watchRoutes } from './pages/watch.ts';
import { welcomeRoutes } from './pages/welcome.ts';
import type { ConsoleRoute } from './route.ts';

/** Every page and action of the console. */
export const routes: readonly ConsoleRoute[] = [
  ...signInRoutes,
  ...welcomeRoutes,
  ...firstRunRoutes,
  ...meRoutes,
  ...todayRoutes,
  ...searchRoutes,
  ...exportRoutes,
  ...orderBoardRoutes,
  ...orderRoutes,
  ...orderActionRoutes,
  ...approvalRoutes,
  ...conversationListRoutes,
  ...conversationRoutes,
  ...mediaRoutes,
  ...accountBoardRoutes,
  ...accountRoutes,
  ...accountActionRoutes,
  ...ageingRoutes,
  ...recordPaymentRoutes,
  ...cashSheetRoutes,
  ...paymentRoutes,
  ...newShopRoutes,
  ...shopRoutes,
  ...catalogueRoutes,
  ...productRoutes,
  ...importRoutes,
  ...importPreviewRoutes,
  ...claimListRoutes,
  ...claimRoutes,
  ...peopleRoutes,
  ...watchRoutes,
  ...outboxRoutes,
  ...replyRoutes,
  ...deliveryListRoutes,
  ...deliveryRoutes,
  ...staffRoutes,
  ...settingsRoutes,
  ...apiKeyRoutes,
];
