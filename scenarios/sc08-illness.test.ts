import { illness } from "./sc08-illness.ts";
import { testScenario } from "./scenario-suite.ts";

testScenario(illness);
