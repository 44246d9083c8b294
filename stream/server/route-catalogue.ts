/** Every route: one line each. To add one, write it with `defineRoute` in `routes/` and list it here. */
import type { Route, RouteDocument } from "./route.ts";
import { getAlert, listAlerts, streamAlerts } from "./routes/alerts.ts";
import { getBalance, listDeadLetters, listReads } from "./routes/audit.ts";
import { commandCase, getCase, listCases } from "./routes/cases.ts";
import { getCity, getPositions, streamCity } from "./routes/city.ts";
import { getReward, listComplaints } from "./routes/complaints.ts";
import { getAsyncApi, getOpenApi } from "./routes/documents.ts";
import { getDuties, getPublicDuties } from "./routes/duties.ts";
import { eventsDocument } from "./routes/events.ts";
import { cancelFork, createFork, getFork } from "./routes/forks.ts";
import { getHealth, getMetrics, getReadiness } from "./routes/health.ts";
import { getHistory, getKitchen, getPublicKitchen, listKitchens } from "./routes/kitchens.ts";
import { laterRoutes } from "./routes/later.ts";
import { listNotifications } from "./routes/notifications.ts";
import {
  getBallot,
  getFeedback,
  listBallots,
  listListings,
  listMobileUnits,
  listResults,
} from "./routes/participation.ts";
import { drawPatrols, listPlans, listWorkOrders, sumPlans } from "./routes/plans.ts";
import { commandList, getIndex, getList, getPublicList } from "./routes/ratings.ts";
import {
  getProjects,
  getScorecard,
  getStatistics,
  getStreet,
  listFeeds,
  listLaw,
} from "./routes/scorecard.ts";
import { closeSession, getSession, openSession } from "./routes/session.ts";
import { getShadow } from "./routes/shadow.ts";
import { getTrace } from "./routes/trace.ts";
import { commandWarning, listPublicWarnings, listWarnings } from "./routes/warnings.ts";

export const routes: readonly Route[] = [
  getCity,
  getPositions,
  streamCity,
  listKitchens,
  getKitchen,
  getHistory,
  listAlerts,
  streamAlerts,
  getAlert,
  listCases,
  getCase,
  commandCase,
  listNotifications,
  listDeadLetters,
  getBalance,
  listReads,
  listFeeds,
  getShadow,
  createFork,
  getFork,
  cancelFork,
  getPublicKitchen,
  getTrace,
  getIndex,
  getList,
  commandList,
  getPublicList,
  getDuties,
  listPlans,
  sumPlans,
  drawPatrols,
  listWorkOrders,
  listComplaints,
  getFeedback,
  listWarnings,
  commandWarning,
  getScorecard,
  getProjects,
  listLaw,
  getStatistics,
  listListings,
  listMobileUnits,
  getPublicDuties,
  getStreet,
  listPublicWarnings,
  listBallots,
  getBallot,
  listResults,
  getReward,
  openSession,
  getSession,
  closeSession,
  getOpenApi,
  getAsyncApi,
  getHealth,
  getReadiness,
  getMetrics,
  ...laterRoutes,
];

/** What the documents describe: all routes, and the one that is served by its own means. */
export const routeDocuments: readonly RouteDocument[] = [
  eventsDocument,
  ...routes.map(({ document }) => document),
];
