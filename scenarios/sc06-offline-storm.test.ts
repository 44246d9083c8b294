import { offlineStorm } from "./sc06-offline-storm.ts";
import { testScenario } from "./scenario-suite.ts";

testScenario(offlineStorm);
