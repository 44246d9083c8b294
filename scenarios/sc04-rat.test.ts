import { ratSeen } from "./sc04-rat.ts";
import { testScenario } from "./scenario-suite.ts";

testScenario(ratSeen);
