import { sealBreaches } from "./sc07-seal-breaches.ts";
import { testScenario } from "./scenario-suite.ts";

testScenario(sealBreaches);
