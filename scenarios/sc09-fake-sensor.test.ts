import { fakeSensor } from "./sc09-fake-sensor.ts";
import { testScenario } from "./scenario-suite.ts";

testScenario(fakeSensor);
